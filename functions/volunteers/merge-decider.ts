// What happens to records that may be, or are, of one person: flags, merges and their acceptance.
import type { Fact } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { isRegistered } from '../people/spells.ts';
import { checkStatus, type Pointer, Rejection } from '../refusals/decision.ts';
import { chineseFor } from '../refusals/words.ts';

const maxDuplicates = 20;

/**
 * Flags records that may be of the same person, but those that are known to be of other people. Null
 * when all were flagged already.
 * @param ids.anew a number of these has changed, so what is known of them does not hold any more
 */
export const suspectDuplicates = (
  { distinctFrom, ...volunteer }: Volunteer,
  { ids, anew = false }: { readonly ids: readonly string[]; readonly anew?: boolean },
): Fact<'DuplicateSuspected'> | null => {
  const mergedFrom = volunteer.mergedFrom.map(({ id }) => id);
  const known = anew ? mergedFrom : [...mergedFrom, ...distinctFrom];
  const others = ids.filter((id) => !known.includes(id));
  const possibleDuplicates = [...new Set([...volunteer.possibleDuplicates, ...others])].slice(
    0,
    maxDuplicates,
  );
  if (['merged', 'erased'].includes(volunteer.status)) return null;
  return possibleDuplicates.length === volunteer.possibleDuplicates.length
    ? null
    : {
        type: 'DuplicateSuspected',
        data: {
          volunteer: {
            ...volunteer,
            possibleDuplicates,
            distinctFrom: distinctFrom.filter((id) => !others.includes(id)),
          },
        },
      };
};

/**
 * Takes a record that was erased or merged out of the flags, and flags the one it was merged into. Null
 * when it was not flagged.
 * @param survivor null when there is none
 */
export const settleDuplicate = (
  volunteer: Volunteer,
  gone: string,
  survivor: string | null,
): Fact<'DuplicateSettled'> | null => {
  if (['merged', 'erased'].includes(volunteer.status)) return null;
  if (!volunteer.possibleDuplicates.includes(gone)) return null;
  const kept = volunteer.possibleDuplicates.filter((id) => id !== gone && id !== survivor);
  const known = [...volunteer.distinctFrom, ...volunteer.mergedFrom.map(({ id }) => id)];
  const possibleDuplicates =
    survivor === null || known.includes(survivor) ? kept : [...kept, survivor];
  return { type: 'DuplicateSettled', data: { volunteer: { ...volunteer, possibleDuplicates } } };
};

/**
 * Merges this record into another record of the same person. Its hours count for that one; its history
 * stays.
 * @throws Rejection `invalid-value` when both are the same record, or the other is not active
 */
export const merge = (
  volunteer: Volunteer,
  {
    id,
    intoId,
    into,
    reason,
  }: { id: string; intoId: string; into: Pick<Volunteer, 'status'>; reason: string },
): Fact<'VolunteerMerged'> => {
  const pointer: Pointer = '#/intoId';
  if (id === intoId)
    throw new Rejection(
      'invalid-value',
      { zh: '不能将记录与其自身合并。', en: 'A record cannot be merged with itself.' },
      pointer,
    );
  // A repeated merge into the same record is allowed: memberships follow that the first one missed.
  if (volunteer.status !== 'merged' || volunteer.mergedInto !== intoId)
    checkStatus(volunteer, 'merge', 'pending', 'active', 'deactivated');
  if (into.status !== 'active')
    throw new Rejection(
      'invalid-value',
      {
        zh: `目标记录${chineseFor('status', into.status)}，不能并入。`,
        en: `The record to merge into is ${into.status}; it has to be active.`,
      },
      pointer,
    );
  return {
    type: 'VolunteerMerged',
    data: { volunteer: { ...volunteer, status: 'merged', mergedInto: intoId }, intoId, reason },
  };
};

const maxMerged = 20;

type Known = Pick<Volunteer, 'selfId' | 'mergedFrom'> & { readonly id: string };

/** The id to which the token of a record's person leads. */
const tokenOf = ({ id, selfId }: Pick<Known, 'id' | 'selfId'>): string => selfId ?? id;

/**
 * Whether the person of the surviving record must accept a merge before the other record's token
 * leads there. Not needed when nobody confirmed the other record, or when both have the same token.
 */
const needsAcceptance = (
  from: Known & Pick<Volunteer, 'confirmedOn'>,
  { id, selfId, mergedFrom }: Known,
): boolean => {
  const accepted = mergedFrom.filter(({ awaiting }) => awaiting === null);
  const tokens = [{ id, selfId }, ...accepted].map(tokenOf);
  return from.confirmedOn !== null && !tokens.includes(tokenOf(from));
};

/**
 * Takes in another record of the same person, with the records merged into it before. Merges
 * accepted there need acceptance here only if this merge does; merges still waiting there stay
 * waiting. Null when the record was taken in already.
 * @throws Rejection `invalid-value` for more than 20 records
 */
export const receiveMerged = (
  { id: intoId, ...volunteer }: Volunteer & { readonly id: string },
  from: Known & Pick<Volunteer, 'confirmedOn'>,
): Fact<'DuplicateMerged'> | null => {
  const { id, selfId, mergedFrom: before } = from;
  if (volunteer.mergedFrom.some((each) => each.id === id)) return null;
  const awaiting = needsAcceptance(from, { id: intoId, ...volunteer }) ? id : null;
  const mergedFrom = [
    ...volunteer.mergedFrom,
    { id, selfId, awaiting },
    ...before.map((each) => (each.awaiting === null ? { ...each, awaiting } : each)),
  ];
  if (mergedFrom.length > maxMerged)
    throw new Rejection(
      'invalid-value',
      {
        zh: `并入同一记录的不得超过 ${maxMerged} 条。`,
        en: `${maxMerged} records at most can be merged into one.`,
      },
      '#/intoId',
    );
  const ids = mergedFrom.map((each) => each.id);
  const possibleDuplicates = volunteer.possibleDuplicates.filter((each) => !ids.includes(each));
  return {
    type: 'DuplicateMerged',
    data: { volunteer: { ...volunteer, mergedFrom, possibleDuplicates }, fromId: id },
  };
};

/**
 * The person accepts that a record merged into theirs is theirs too. From then on either token
 * leads to both. A child's guardian accepts for them. Null when it was accepted already.
 * @throws Rejection `illegal-transition` unless this record is active or deactivated and the other
 * one is not erased, `unknown-reference`, `guardian-required`, `invalid-value` for a record that
 * was merged into another one first
 */
export const acceptMerge = (
  volunteer: Volunteer,
  {
    id,
    fromId,
    from,
    by,
  }: {
    readonly id: string;
    readonly fromId: string;
    readonly from: Pick<Volunteer, 'status' | 'ageGroup'> | undefined;
    readonly by: Volunteer['consents'][number]['by'];
  },
): Fact<'MergeAccepted'> | null => {
  checkStatus(volunteer, 'accept-merge', 'active', 'deactivated');
  const pointer: Pointer = '#/fromId';
  const awaiting = volunteer.mergedFrom.find((each) => each.id === fromId)?.awaiting;
  if (awaiting === undefined || !from)
    throw new Rejection('unknown-reference', { what: 'volunteer', id: fromId }, pointer);
  if (awaiting === null) return null;
  if (awaiting !== fromId)
    throw new Rejection(
      'invalid-value',
      {
        zh: `该记录先并入了 ${awaiting}，请认可后者的合并。`,
        en: `This record went into ${awaiting} first: accept the merge of that one.`,
      },
      pointer,
    );
  if (from.status === 'erased')
    throw new Rejection('illegal-transition', { status: from.status, action: 'accept-merge' });
  const ofChild = volunteer.ageGroup === 'under-14' || from.ageGroup === 'under-14';
  if (ofChild && by !== 'guardian') throw new Rejection('guardian-required', {}, '#/by');
  const mergedFrom = volunteer.mergedFrom.map((each) =>
    each.awaiting === fromId ? { ...each, awaiting: null } : each,
  );
  return {
    type: 'MergeAccepted',
    data: { volunteer: { ...volunteer, mergedFrom }, fromId, intoId: id },
  };
};

const maxDistinct = 20;

/** The newest of them are kept. */
const distinctWith = ({ distinctFrom }: Volunteer, ids: readonly string[]): string[] =>
  [...new Set([...distinctFrom, ...ids])].slice(-maxDistinct);

/**
 * The status of a merged record before it was merged. While it is merged nothing changes that, and the
 * other fields say which it was.
 */
const statusBefore = (volunteer: Volunteer): Volunteer['status'] => {
  if (volunteer.confirmedOn === null) return 'pending';
  return isRegistered(volunteer) ? 'active' : 'deactivated';
};

interface Undoing {
  /** The records it was merged into, directly or through another, nearest first. */
  readonly above: readonly { readonly id: string; readonly volunteer: Volunteer }[];
  readonly id: string;
  /** The last local day on which a merge that was accepted may be undone. */
  readonly until: string;
  readonly reason: string;
}

/**
 * Undoes a merge: the record is its own again, in the status it had, with the records that were merged
 * into it. What it had been suspected of is found anew, but not that it is of the person of a record it
 * was merged into. A merge that its person accepted is undone for some days, any other at any time.
 * @throws Rejection `illegal-transition` unless the record is merged, `merge-settled`
 */
export const unmerge = (
  volunteer: Volunteer,
  { id, above, until, reason }: Undoing,
  today: string,
): Fact<'VolunteerUnmerged'> => {
  checkStatus(volunteer, 'unmerge', 'merged');
  const { mergedInto: intoId } = volunteer;
  if (intoId === null) throw new Error('a merged record names no other');
  const isAccepted =
    volunteer.confirmedOn !== null &&
    above.some(({ volunteer: { mergedFrom } }) =>
      mergedFrom.some((each) => each.id === id && each.awaiting === null),
    );
  if (isAccepted && today > until) throw new Rejection('merge-settled', { until });
  return {
    type: 'VolunteerUnmerged',
    data: {
      volunteer: {
        ...volunteer,
        status: statusBefore(volunteer),
        mergedInto: null,
        possibleDuplicates: [],
        distinctFrom: distinctWith(
          volunteer,
          above.map((each) => each.id),
        ),
      },
      intoId,
      reason,
    },
  };
};

/** The other side of `unmerge`: a record above lets the record go, with those that were merged into it. */
export const releaseMerged = (
  volunteer: Volunteer,
  { id, mergedFrom: below }: Pick<Known, 'id' | 'mergedFrom'>,
): Fact<'DuplicateUnmerged'> => {
  const going = [id, ...below.map((each) => each.id)];
  return {
    type: 'DuplicateUnmerged',
    data: {
      volunteer: {
        ...volunteer,
        mergedFrom: volunteer.mergedFrom.filter((each) => !going.includes(each.id)),
        possibleDuplicates: volunteer.possibleDuplicates.filter((each) => each !== id),
        distinctFrom: volunteer.status === 'erased' ? [] : distinctWith(volunteer, [id]),
      },
      fromId: id,
    },
  };
};
