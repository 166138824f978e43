import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { derivedId } from '../runtime/ids.ts';
import { linkedRecord } from './link.ts';

type Self = Pick<Actor, 'volunteerId'>;
type Merged = Volunteer['mergedFrom'][number];

/** What says whose a record is. */
export type Owned = Pick<Volunteer, 'status' | 'selfId' | 'mergedInto' | 'mergedFrom'>;

/**
 * A record that is not there, for policies to decide on: it is nobody's and lies nowhere. Whoever may
 * not see a record that is there is answered the same when there is none.
 */
export const nobody = {
  areaId: '',
  ageGroup: 'unknown',
  status: 'pending',
  selfId: null,
  mergedInto: null,
  mergedFrom: [],
} as const satisfies Owned & Pick<Volunteer, 'areaId' | 'ageGroup'>;

/**
 * What a record says of whose it is, and the link of a token is found by, where the record's id is not
 * derived from the token. It is no record's id: who comes back after an erasure is not to be seen as
 * who they were.
 */
export const selfIdOf = ({ volunteerId }: Self): string => derivedId('self', volunteerId);

/** Whether the person of the record that stays accepted a merge that it knows of. */
const isAccepted = (merged: Merged | undefined): boolean => merged?.awaiting === null;

const mergeOf = (into: Pick<Volunteer, 'mergedFrom'>, id: string): Merged | undefined =>
  into.mergedFrom.find((each) => each.id === id);

/**
 * Where a record leads by now, whether or not a person accepted its merges: to itself, or to the one
 * it was merged into, and on from there. One read for each step.
 */
export const survivorOf = async (volunteerId: string): Promise<string> => {
  const { mergedInto = null } = (await aggregate('volunteer').stateNow(volunteerId)) ?? {};
  return mergedInto === null ? volunteerId : survivorOf(mergedInto);
};

interface Found {
  readonly id: string;
  /** Undefined when there is no such record. */
  readonly volunteer: Volunteer | undefined;
}

/** The record a person has by the one they began with: as `survivorOf`, by accepted merges only. */
export const acceptedSurvivorOf = async (id: string): Promise<Found> => {
  const volunteer = await aggregate('volunteer').stateNow(id);
  const into = volunteer?.mergedInto ?? null;
  return into !== null && (await isMergeAccepted(id, into))
    ? acceptedSurvivorOf(into)
    : { id, volunteer };
};

/** Whether the merge of one record into another was accepted, or needed no yes. One read. */
export const isMergeAccepted = async (id: string, intoId: string): Promise<boolean> => {
  const into = await aggregate('volunteer').stateNow(intoId);
  return into !== undefined && isAccepted(mergeOf(into, id));
};

/** The record an actor's own token leads to; there need not be any. Reads the People table. */
export const ownRecordOf = async (actor: Self): Promise<string> =>
  (await acceptedSurvivorOf((await linkedRecord(selfIdOf(actor))) ?? actor.volunteerId)).id;

/**
 * Whether a token leads to a record: by its id, by the link the person's yes made, or by either of a
 * record that was merged into it. A record that was merged is of whoever has the one it went into;
 * that is one read more for each step.
 * @param counts which merges a token passes
 */
const leadsTo = async (
  actor: Self,
  id: string,
  { selfId, mergedInto, mergedFrom }: Owned,
  counts: (merged: Merged | undefined) => boolean,
): Promise<boolean> => {
  const ownSelfId = selfIdOf(actor);
  const leads = [{ id, selfId }, ...mergedFrom.filter(counts)].some(
    (each) => actor.volunteerId === each.id || ownSelfId === each.selfId,
  );
  if (leads || mergedInto === null) return leads;
  const into = await aggregate('volunteer').stateNow(mergedInto);
  return (
    into !== undefined &&
    counts(mergeOf(into, id)) &&
    (await leadsTo(actor, mergedInto, into, counts))
  );
};

/**
 * Whether a volunteer's record is the actor's own, and gives them a person's rights. Until the
 * person of the record that stays has accepted a merge, neither token leads to the other record.
 * A record that was erased is nobody's.
 */
export const isOwnRecord = async (actor: Self, id: string, volunteer: Owned): Promise<boolean> =>
  volunteer.status !== 'erased' && (await leadsTo(actor, id, volunteer, isAccepted));

/**
 * Whether a record may be the actor's own, accepted merges or not: nobody verifies their own hours
 * because a merge waits. It takes rights away and never gives any.
 */
export const mayBeOwnRecord = (actor: Self, id: string, volunteer: Owned): Promise<boolean> =>
  leadsTo(actor, id, volunteer, () => true);

/** Both of a record that still has to be read; where there is none, of whoever would have it. */
export const standingOf = async (
  actor: Self,
  volunteerId: string,
): Promise<{ readonly own: boolean; readonly mayBeOwn: boolean }> => {
  const volunteer = (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody;
  return {
    own: await isOwnRecord(actor, volunteerId, volunteer),
    mayBeOwn: await mayBeOwnRecord(actor, volunteerId, volunteer),
  };
};

/** `isOwnRecord` of a record that still has to be read; where there is none, of who would have it. */
export const isSelf = async (actor: Self, volunteerId: string): Promise<boolean> =>
  isOwnRecord(actor, volunteerId, (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody);
