import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import type { Certificate } from '../../events/recognition.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { load } from '../ledger/ledger.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { areCorrected } from '../people/corrections.ts';
import { recordAndAbove } from '../people/own-record.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { anyHasFallen, restsOnEntry } from '../sheets/fallen.ts';
import { setIn } from './assign.ts';
import { reconsider } from './decider.ts';
import { readRegister } from './register.ts';
import { deleteFiles } from './sealed-file.ts';

/** What a certificate says of its person. */
const certified = ['name', 'sex', 'idDocument'] as const;

/**
 * Whether what a certificate says of its person was corrected since it was issued.
 * @param version that of the person's record now: nothing is read while it is the one of the issue
 */
const isCorrected = async (
  { volunteerId, personVersion }: Certificate,
  version: number,
): Promise<boolean> => {
  if (personVersion === undefined || personVersion === version) return false;
  const events = (await load({ type: 'volunteer', id: volunteerId })).map(({ event }) => event);
  const later = events.filter(({ aggregate: { version: own } }) => own > personVersion);
  return areCorrected(later, certified);
};

/** Looks at a certificate anew. What is decided depends on the Ledger alone, so it may be done any number of times. */
const look = (id: string, cause: DomainEvent, sheetId?: string) =>
  aggregate('certificate').execute(id, {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    decide: async (state) => {
      const found = await aggregate('volunteer').find(state.volunteerId);
      const volunteer = found?.state;
      const mayFall = state.status === 'issued' && volunteer?.status !== 'erased';
      return reconsider(state, {
        volunteer,
        hasFallen: mayFall && (await anyHasFallen(state, sheetId)),
        isOtherwise: mayFall && found !== undefined && (await isCorrected(state, found.version)),
        today: localDateOf(Date.parse(cause.recordedAt), settings().timezone),
      });
    },
    alsoWrite: async (state) => setIn(state),
  });

const lookAtAll = async (volunteerId: string, cause: DomainEvent): Promise<void> => {
  const { certificates } = await readRegister(volunteerId);
  for (const { id } of certificates) await look(id, cause);
};

/** Looks at the certificates with an entry on a sheet that an event changed. */
const lookAtEntries = async (
  event: DomainEvent<'HoursVoided' | 'HoursCorrected' | 'HoursRejected'>,
): Promise<void> => {
  const sheetId = event.aggregate.id;
  for (const { volunteerId } of entriesOf(event.data))
    for (const record of await recordAndAbove(volunteerId)) {
      const { certificates } = await readRegister(record);
      const day = event.data.place.serviceDate;
      for (const { id } of certificates.filter(({ from, until }) => from <= day && day <= until)) {
        const state = await aggregate('certificate').stateNow(id);
        if (state && restsOnEntry(state, sheetId, volunteerId)) await look(id, event, sheetId);
      }
    }
};

/**
 * Keeps certificates true. An entry that is voided, corrected, rejected or moved, a merge or its undoing, and a
 * correction of the person's name, sex or document supersedes the certificates that rest on it; the erasure of a person
 * revokes them. A certificate is in the register of its person before it is issued. So either the change finds it there
 * and finds it issued, or the look after it was issued finds the change: whatever came first, and whenever the events
 * come.
 */
export const keepCertificates = async (event: DomainEvent): Promise<void> => {
  switch (event.type) {
    case 'HoursVoided':
    case 'HoursCorrected':
    case 'HoursRejected':
      return lookAtEntries(event);
    case 'VolunteerErased':
      await lookAtAll(event.aggregate.id, event);
      return deleteFiles(event.aggregate.id);
    case 'VolunteerMerged':
    case 'VolunteerUnmerged':
    case 'DuplicateUnmerged':
      return lookAtAll(event.aggregate.id, event);
    case 'PersonalDataCorrected':
      return areCorrected([event], certified) ? lookAtAll(event.aggregate.id, event) : undefined;
    case 'CertificateApplied':
    case 'CertificateIssued':
      await look(event.aggregate.id, event);
      return undefined;
    default:
      return undefined;
  }
};

export const handler = subscribe(keepCertificates);
