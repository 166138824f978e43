import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from '../ledger/actor.ts';
import { snapshot } from '../ledger/references.ts';
import { linkedRecord } from './link.ts';

type Self = Pick<Actor, 'volunteerId'>;

/** What says whose a record is. */
export type Owned = Pick<Volunteer, 'selfId' | 'mergedInto' | 'mergedFrom'>;

/**
 * A record that is not there, for policies to decide on: it is nobody's and lies nowhere. Whoever may
 * not see a record that is there is answered the same when there is none.
 */
export const nobody = {
  areaId: '',
  ageGroup: 'unknown',
  selfId: null,
  mergedInto: null,
  mergedFrom: [],
} as const satisfies Owned & Pick<Volunteer, 'areaId' | 'ageGroup'>;

/**
 * Where a record leads by now: to itself, or to the one it was merged into, and on from there. One
 * read for each step.
 */
export const survivorOf = async (volunteerId: string): Promise<string> => {
  const { mergedInto = null } = (await snapshot('volunteer', volunteerId)) ?? {};
  return mergedInto === null ? volunteerId : survivorOf(mergedInto);
};

/** The record an actor's own token leads to; there need not be any. Reads the People table. */
export const ownRecordOf = async ({ volunteerId }: Self): Promise<string> =>
  survivorOf((await linkedRecord(volunteerId)) ?? volunteerId);

/**
 * Whether a volunteer's record is the actor's own: by its id, by the link their yes made, or by
 * either of a record that was merged into it. A record that was merged is of whoever has the one it
 * went into; that is one read more for each step.
 */
export const isOwnRecord = async (
  actor: Self,
  id: string,
  { selfId, mergedInto, mergedFrom }: Owned,
): Promise<boolean> =>
  [{ id, selfId }, ...mergedFrom].some(
    (each) => actor.volunteerId === each.id || actor.volunteerId === each.selfId,
  ) ||
  (mergedInto !== null && (await isSelf(actor, mergedInto)));

/** `isOwnRecord` of a record that still has to be read; nobody's when there is none. */
export const isSelf = async (actor: Self, volunteerId: string): Promise<boolean> => {
  if (actor.volunteerId === volunteerId) return true;
  const volunteer = await snapshot('volunteer', volunteerId);
  return volunteer !== undefined && isOwnRecord(actor, volunteerId, volunteer);
};
