import type { Volunteer } from '../../events/volunteers.ts';
import { nowhere } from '../access/areas.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isActive } from './active.ts';
import { keyedId } from './keys.ts';
import { linkedRecord } from './link.ts';

type Self = Pick<Actor, 'volunteerId'>;
type Merged = Volunteer['mergedFrom'][number];

/** The fields that say whose record it is. */
export type Owned = Pick<Volunteer, 'status' | 'selfId' | 'mergedInto' | 'mergedFrom'>;

/**
 * Stands for a missing record in policies: it belongs to nobody and is in no area. An actor who may
 * not see a record gets the same answer, after the same reads, when there is none.
 */
export const nobody = {
  areaId: nowhere,
  ageGroup: 'unknown',
  status: 'pending',
  selfId: null,
  mergedInto: null,
  mergedFrom: [],
} as const satisfies Owned & Pick<Volunteer, 'areaId' | 'ageGroup'>;

/**
 * The id by which a record names its person, and by which a token's link is found, when the
 * record's id is not derived from the token. It is no record's id and a keyed hash, so nobody who
 * knows an erased record's id can connect a person who returned with it.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const selfIdOf = ({ volunteerId }: Self): Promise<string> => keyedId('self', volunteerId);

/**
 * A record as its own person sees it. Which other records have, or had, the same number is for staff:
 * from it a person could learn of any number whether it is registered, and whose record has it.
 */
export const asOwnerSees = (volunteer: Volunteer): Volunteer => ({
  ...volunteer,
  possibleDuplicates: [],
  distinctFrom: [],
});

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

/**
 * A record and all that it was merged into, nearest first, also by merges not yet accepted: what rests on its entries
 * may be theirs. One read for each.
 */
export const recordAndAbove = async (volunteerId: string): Promise<readonly string[]> => {
  const { mergedInto = null } = (await aggregate('volunteer').stateNow(volunteerId)) ?? {};
  return [volunteerId, ...(mergedInto === null ? [] : await recordAndAbove(mergedInto))];
};

interface Found {
  readonly id: string;
  /** Undefined when there is no such record. */
  readonly volunteer: Volunteer | undefined;
}

type Counts = (merged: Merged | undefined) => boolean;

/**
 * The records that a record belongs to by the merges that count, nearest first. A merge counts for the
 * whole chain below it: the person of C who accepted A and B has both, even if B never accepted A. One
 * read for each merge of the chain.
 */
async function* recordsAbove(
  id: string,
  mergedInto: string | null,
  counts: Counts,
): AsyncGenerator<{ readonly id: string; readonly volunteer: Volunteer }> {
  const joined = [id];
  for (let next = mergedInto; next !== null; ) {
    const volunteer: Volunteer | undefined = await aggregate('volunteer').stateNow(next);
    if (!volunteer) return;
    if (joined.some((each) => counts(mergeOf(volunteer, each)))) {
      joined.push(next);
      yield { id: next, volunteer };
    }
    next = volunteer.mergedInto;
  }
}

/** A record and those that it belongs to by accepted merges; the last one is its survivor. */
export const acceptedPathOf = async (id: string): Promise<readonly [Found, ...Found[]]> => {
  const volunteer = await aggregate('volunteer').stateNow(id);
  const path: [Found, ...Found[]] = [{ id, volunteer }];
  for await (const above of recordsAbove(id, volunteer?.mergedInto ?? null, isAccepted))
    path.push(above);
  return path;
};

/**
 * The record that a person has now, starting from an earlier one. Like `survivorOf`, but follows
 * merges only that were accepted or needed no acceptance. It is also the record under which a new entry
 * is made for an id that somebody gave: while a merge waits, the entry stays with that id. Both records
 * are counted as one person meanwhile, and if the merge is undone the entry is with the right one.
 * `volunteer` is undefined when there is no such record, and may be erased. Reads each record on the
 * way, consistently.
 */
export const acceptedSurvivorOf = async (id: string): Promise<Found> => {
  const path = await acceptedPathOf(id);
  return path.at(-1) ?? path[0];
};

/**
 * The id of the record that a token itself leads to, without following merges; there may be none. Reads
 * the People table.
 */
export const tokensRecordOf = async (actor: Self): Promise<string> =>
  (await linkedRecord(await selfIdOf(actor))) ?? actor.volunteerId;

/**
 * The id of the record with which the person of a token takes part now, or undefined. Reads the
 * People table.
 */
export const activeRecordOf = async (actor: Self): Promise<string | undefined> => {
  const { id, volunteer } = await acceptedSurvivorOf(await tokensRecordOf(actor));
  return volunteer && isActive(volunteer) ? id : undefined;
};

/**
 * Whether a token leads to a record by its id, by the link made at confirmation, or by those of a
 * record merged into it. Needs the key of keyed hashes only if one of them has such a link.
 */
const leadsBy = async (
  actor: Self,
  id: string,
  { selfId, mergedFrom }: Owned,
  counts: Counts,
): Promise<boolean> => {
  const records = [{ id, selfId }, ...mergedFrom.filter(counts)];
  if (records.some((each) => each.id === actor.volunteerId)) return true;
  const selfIds = records.flatMap((each) => each.selfId ?? []);
  return selfIds.length > 0 && selfIds.includes(await selfIdOf(actor));
};

/**
 * Whether a token leads to a record, or to one that it was merged into: a merged record belongs to
 * the person of the surviving record.
 * @param counts which merges are followed
 */
const leadsTo = async (
  actor: Self,
  id: string,
  volunteer: Owned,
  counts: Counts,
): Promise<boolean> => {
  if (await leadsBy(actor, id, volunteer, counts)) return true;
  for await (const above of recordsAbove(id, volunteer.mergedInto, counts))
    if (await leadsBy(actor, above.id, above.volunteer, counts)) return true;
  return false;
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
 * `isOwnRecord` and `mayBeOwnRecord`. For a missing record, which is `nobody`: whether the id would be
 * the actor's.
 */
export const standingTo = async (
  actor: Self,
  volunteerId: string,
  volunteer: Owned,
): Promise<{ readonly own: boolean; readonly mayBeOwn: boolean }> => ({
  own: await isOwnRecord(actor, volunteerId, volunteer),
  mayBeOwn: await mayBeOwnRecord(actor, volunteerId, volunteer),
});

/** `standingTo` by id, with one read for the record. */
export const standingOf = async (actor: Self, volunteerId: string): ReturnType<typeof standingTo> =>
  standingTo(actor, volunteerId, (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody);

/**
 * `isOwnRecord` by id, with one read for the record. For a missing record: whether the id would be
 * the actor's.
 */
export const isSelf = async (actor: Self, volunteerId: string): Promise<boolean> =>
  isOwnRecord(actor, volunteerId, (await aggregate('volunteer').stateNow(volunteerId)) ?? nobody);

/**
 * `isSelf` for the rights of who takes part, such as leading a team. They end with the event that ends
 * the record, whatever a view still says.
 */
export const isActiveSelf = async (actor: Self, volunteerId: string): Promise<boolean> => {
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  return (
    volunteer !== undefined &&
    isActive(volunteer) &&
    (await isOwnRecord(actor, volunteerId, volunteer))
  );
};

/**
 * All records that merges connect with one, itself first: they are counted as one person, also while a
 * merge waits for its acceptance. One read for each record but the first, each a moment late at most.
 * @param volunteer undefined when there is no such record; then there are none
 */
export const mergedWith = async <Known extends Pick<Volunteer, 'mergedInto' | 'mergedFrom'>>(
  id: string,
  volunteer: Known | undefined,
): Promise<ReadonlyMap<string, Known | Volunteer>> => {
  const records = new Map<string, Known | Volunteer>(volunteer ? [[id, volunteer]] : []);
  // A map that grows while it is gone through is gone through to its new end.
  for (const { mergedInto, mergedFrom } of records.values())
    for (const named of [mergedInto, ...mergedFrom.map((each) => each.id)]) {
      if (named === null || records.has(named)) continue;
      const other = await aggregate('volunteer').stateNow(named, false);
      if (other) records.set(named, other);
    }
  return records;
};

/**
 * The records whose hours belong to a record: its own and those merged into it. Its person has the
 * hours of those whose merge was accepted; for staff all belong to it, as the figures count them
 * together.
 */
export const countedWith = (
  id: string,
  { mergedFrom }: Pick<Volunteer, 'mergedFrom'>,
  { own }: { readonly own: boolean },
): readonly string[] => [
  id,
  ...mergedFrom.filter(({ awaiting }) => !own || awaiting === null).map((each) => each.id),
];
