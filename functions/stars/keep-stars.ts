import type { DomainEvent } from '../../events/catalogue.ts';
import { entriesOf } from '../../events/participation.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { agreesToBeNamed, namingOf } from '../people/naming.ts';
import { recordAndAbove } from '../people/own-record.ts';
import { starsOf } from '../people/stars.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { anyHasFallen, restsOnEntry } from '../sheets/fallen.ts';
import { mayBeReviewed, reconsider } from './decider.ts';
import { findStars } from './find-stars.ts';
import { deleteEarlierName, deleteName, nameDeletion } from './notice-name.ts';

/** Looks at a star anew. What is decided depends on the Ledger alone, so it may be done any number of times. */
const look = (id: string, cause: DomainEvent, sheetId?: string) =>
  aggregate('star').execute(id, {
    request: followUp(cause),
    authorise: () => cause.actor.role,
    decide: async (state) => {
      const volunteer = await aggregate('volunteer').stateNow(state.volunteerId);
      const mayFall = mayBeReviewed(state) && volunteer?.status !== 'erased';
      return reconsider(state, {
        volunteer,
        hasFallen: mayFall && (await anyHasFallen(state, sheetId)),
        today: localDateOf(Date.parse(cause.recordedAt), settings().timezone),
      });
    },
    alsoWrite: async (_, { type }) => (type === 'StarWithdrawn' ? [nameDeletion(id)] : []),
  });

const lookAtAll = async (volunteerId: string, cause: DomainEvent): Promise<void> => {
  for (const { id } of await starsOf(volunteerId)) await look(id, cause);
};

/** Looks at the stars that rest on an entry of a sheet that an event changed. */
const lookAtEntries = async (
  event: DomainEvent<'HoursVoided' | 'HoursCorrected' | 'HoursRejected'>,
): Promise<void> => {
  const sheetId = event.aggregate.id;
  for (const { volunteerId } of entriesOf(event.data))
    for (const record of await recordAndAbove(volunteerId))
      for (const { id, state } of await starsOf(record))
        if (restsOnEntry(state, sheetId, volunteerId)) await look(id, event, sheetId);
};

/** An event of a person's record. */
type RecordEvent = Pick<DomainEvent, 'aggregate'> & {
  readonly data: { readonly volunteer: Volunteer };
};

/**
 * Deletes the names that notices show of somebody who may not be named any more. A name is put with its notice on
 * condition that the person's record was as it was read: either this finds it, or the notice found the consent ended.
 * What an event of the record itself ended stays so, whatever was agreed to after it.
 */
const deleteNames = async (
  { aggregate: { id, version }, data: { volunteer } }: RecordEvent,
  isRenamed = false,
): Promise<void> => {
  const isEnded = isRenamed || !agreesToBeNamed(volunteer);
  // Those merged into the record are its person too.
  for (const each of [id, ...volunteer.mergedFrom.map((merged) => merged.id)])
    for (const star of await starsOf(each)) {
      if (star.state.status !== 'in-notice') continue;
      if (!(await namingOf(each)).mayBeNamed) await deleteName(star.id);
      else if (isEnded && each === id) await deleteEarlierName(star.id, version);
    }
};
/**
 * Keeps stars true. An entry that is voided, corrected, rejected or moved, and a merge or its undoing, puts the stars
 * that rest on it under review; the erasure of a person withdraws them. A star's id is derived from its person and level,
 * and it is read in the Ledger. So either the change finds it there with what it rests on, or the look after the decision
 * finds the change: whatever came first, and whenever the events come.
 */
export const keepStars = async (event: DomainEvent): Promise<void> => {
  const { id } = event.aggregate;
  switch (event.type) {
    case 'HoursVerified':
      return findStars(event);
    case 'HoursVoided':
    case 'HoursCorrected':
    case 'HoursRejected':
      return lookAtEntries(event);
    case 'VolunteerErased':
    case 'VolunteerMerged':
    case 'VolunteerUnmerged':
    case 'DuplicateUnmerged':
      await lookAtAll(id, event);
      return deleteNames(event);
    case 'ConsentGiven':
    case 'ConsentWithdrawn':
      return deleteNames(event);
    case 'PersonalDataCorrected':
      return deleteNames(event, event.data.fields.includes('name'));
    case 'StarFound':
    case 'StarNominated':
    case 'StarNoticed':
    case 'StarGranted':
    case 'StarUpheld':
      await look(id, event);
      return undefined;
    default:
      return undefined;
  }
};

export const handler = subscribe(keepStars);
