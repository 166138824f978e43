import { load } from '../ledger/ledger.ts';

/**
 * Whether no staff ever wrote a record: its person registered themselves, or a partner's machine did, and
 * no staff corrected it, checked a credential for it or merged a record into it. Anybody can claim any
 * number there, so such a record says nothing about whose number it is.
 */
export const isUnchecked = async (volunteerId: string): Promise<boolean> => {
  const events = (await load({ type: 'volunteer', id: volunteerId })).map(({ event }) => event);
  const isByMachine = events[0]?.actor.role === 'partner';
  return events.every(
    ({ type, data, actor }) =>
      'volunteer' in data &&
      (isByMachine || data.volunteer.registeredBy === 'self') &&
      type !== 'CredentialVerified' &&
      type !== 'DuplicateMerged' &&
      (type !== 'PersonalDataCorrected' || actor.role === 'volunteer'),
  );
};
