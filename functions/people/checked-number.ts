import { load } from '../ledger/ledger.ts';

/**
 * Whether a record was only ever written by its own person: they registered themselves, and no staff
 * corrected it, checked a credential for it or merged a record into it. Anybody can register
 * themselves with any number, so such a record says nothing about whose number it is.
 */
export const isUnchecked = async (volunteerId: string): Promise<boolean> => {
  const events = (await load({ type: 'volunteer', id: volunteerId })).map(({ event }) => event);
  return events.every(
    ({ type, data, actor }) =>
      'volunteer' in data &&
      data.volunteer.registeredBy === 'self' &&
      type !== 'CredentialVerified' &&
      type !== 'DuplicateMerged' &&
      (type !== 'PersonalDataCorrected' || actor.role === 'volunteer'),
  );
};
