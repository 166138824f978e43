import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { derivedId } from '../runtime/ids.ts';
import { linkedRecord } from './link.ts';

type Self = Pick<Actor, 'volunteerId'>;
type Merged = Volunteer['mergedFrom'][number];

/** The fields that say whose record it is. */
export type Owned = Pick<Volunteer, 'status' | 'selfId' | 'mergedInto' | 'mergedFrom'>;

/**
 * Stands for a missing record in policies: it belongs to nobody and is in no area. An actor who may
 * not see a record gets the same answer when there is none.
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
 * The id by which a record names its person, and by which a token's link is found, when the
 * record's id is not derived from the token. It is no record's id, so a person who returns after an
 * erasure cannot be connected with the erased record.
 */
export const selfIdOf = ({ volunteerId }: Self): string => derivedId('self', volunteerId);

/** Whether the person of the surviving record accepted this merge. */
const isAccepted = (merged: Merged | undefined): boolean => merged?.awaiting === null;

const mergeOf = (into: Pick<Volunteer, 'mergedFrom'>, id: string): Merged | undefined =>
  into.mergedFrom.find((each) => each.id === id);

/**
 * The record that this one was finally merged into, or itself; also by merges not yet accepted. One
 * read for each step.
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

/**
 * The record that a person has now, starting from an earlier one. Like `survivorOf`, but follows
 * accepted merges only.
 */
export const acceptedSurvivorOf = async (id: string): Promise<Found> => {
  const volunteer = await aggregate('volunteer').stateNow(id);
  const into = volunteer?.mergedInto ?? null;
  return into !== null && (await isMergeAccepted(id, into))
    ? acceptedSurvivorOf(into)
    : { id, volunteer };
};

/** Whether the merge of one record into another was accepted, or needed no acceptance. One read. */
export const isMergeAccepted = async (id: string, intoId: string): Promise<boolean> => {
  const into = await aggregate('volunteer').stateNow(intoId);
  return into !== undefined && isAccepted(mergeOf(into, id));
};

/** The id of the record that an actor's own token leads to; it may not exist. Reads the People table. */
export const ownRecordOf = async (actor: Self): Promise<string> =>
  (await acceptedSurvivorOf((await linkedRecord(selfIdOf(actor))) ?? actor.volunteerId)).id;

/**
 * Whether a token leads to a record: by its id, by the link made at confirmation, or by the id or
 * link of a record merged into it. A merged record belongs to the person of the record it was
 * merged into; each such step costs one read more.
 * @param counts which merges are followed
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
 * Whether a volunteer's record is the actor's own, with a person's rights. Until the person of the
 * surviving record has accepted a merge, neither token leads to the other record. An erased record
 * belongs to nobody.
 */
export const isOwnRecord = async (actor: Self, id: string, volunteer: Owned): Promise<boolean> =>
  volunteer.status !== 'erased' && (await leadsTo(actor, id, volunteer, isAccepted));

/**
 * Whether a record may be the actor's own, including by merges not yet accepted. Used only to
 * refuse: nobody may verify their own hours while a merge waits.
 */
export const mayBeOwnRecord = (actor: Self, id: string, volunteer: Owned): Promise<boolean> =>
  leadsTo(actor, id, volunteer, () => true);

/**
 * `isOwnRecord` and `mayBeOwnRecord` by id, with one read for the record. For a missing record:
 * whether the id would be the actor's.
 */
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

/**
 * `isOwnRecord` by id, with one read for the record. For a missing record: whether the id would be
 * the actor's.
 */
export const isSelf = async (actor: Self, volunteerId: string): Promise<boolean> =>
  isOwnRecord(actor, volunteerId, (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody);
