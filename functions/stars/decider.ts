import type { Fact } from '../../events/catalogue.ts';
import { mostObjections, type Star, type StarTerms } from '../../events/stars.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { checkStatus, Rejection } from '../refusals/decision.ts';

export type StarFact = Fact<
  | 'StarFound'
  | 'StarNominated'
  | 'StarNoticed'
  | 'StarObjected'
  | 'StarObjectionAnswered'
  | 'StarGranted'
  | 'StarDeclined'
  | 'StarReviewRaised'
  | 'StarUpheld'
  | 'StarWithdrawn'
>;

/** The verified entries that a decision rests on, as the Ledger had them. */
export type StarSnapshot = Pick<Star, 'countedUntil' | 'records' | 'entries' | 'minutes'>;

/** What a star is begun with. */
export interface Beginning extends Pick<Star, 'volunteerId' | 'level' | 'areaId'> {
  readonly terms: StarTerms;
  readonly snapshot: StarSnapshot;
  readonly today: string;
}

const begun = ({ snapshot, today: _, ...given }: Beginning) => ({
  ...given,
  ...snapshot,
  ...{ noticeUntil: null, grantedOn: null, objections: [], review: null },
  ...{ endedBy: null, endedOn: null, reason: null },
});

/** The hours were found; nobody has nominated yet. */
export const find = (given: Beginning): Fact<'StarFound'> => ({
  type: 'StarFound',
  data: {
    star: {
      ...begun(given),
      ...{ organisationId: null, status: 'eligible', foundOn: given.today, nominatedOn: null },
    },
  },
});

/**
 * Nominates somebody who has not this star: it may have been found, and one that was declined or withdrawn is begun
 * anew.
 * @param before the star as it is; undefined when there is none
 * @throws Rejection `illegal-transition` when it is under way or granted
 */
export const nominate = (
  before: Star | undefined,
  given: Beginning,
  organisationId: string | null,
): Fact<'StarNominated'> => {
  if (before) checkNominable(before);
  const foundOn = before?.status === 'eligible' ? before.foundOn : null;
  return {
    type: 'StarNominated',
    data: {
      star: {
        ...begun(given),
        ...{ organisationId, status: 'nominated', foundOn, nominatedOn: given.today },
      },
    },
  };
};

/** @throws Rejection `illegal-transition` */
export const checkNominable = (state: Star): void =>
  checkStatus(state, 'nominate', 'eligible', 'declined', 'withdrawn');

/**
 * Hours are taken into account of a record in use. Nobody can say whose a merged or an erased record is.
 * @param also statuses in which it may be besides
 * @throws Rejection `volunteer-not-active`
 */
export const checkInUse = (
  { status }: Pick<Volunteer, 'status'>,
  ...also: readonly Volunteer['status'][]
): void => {
  if (status !== 'active' && !also.includes(status))
    throw new Rejection('volunteer-not-active', { status });
};

/** @throws Rejection `illegal-transition` */
export const checkNoticeable = (state: Star): void => checkStatus(state, 'notice', 'nominated');

/** Begins the public notice with the hours that are there now, which ends a review. @throws Rejection `illegal-transition` */
export const notice = (
  state: Star,
  snapshot: StarSnapshot,
  noticeUntil: string,
): Fact<'StarNoticed'> => {
  checkNoticeable(state);
  return {
    type: 'StarNoticed',
    data: { star: { ...state, ...snapshot, status: 'in-notice', noticeUntil, review: null } },
  };
};

/** Takes an objection down: until it is decided, also after the last day. @throws Rejection `illegal-transition` */
export const object = (
  state: Star,
  { by, text, today }: { readonly by: string; readonly text: string; readonly today: string },
): Fact<'StarObjected'> => {
  checkStatus(state, 'object', 'in-notice');
  if (state.objections.length >= mostObjections)
    throw new Rejection('too-many-objections', { most: mostObjections });
  const objection = { on: today, by, text, answer: null, upheld: null };
  return {
    type: 'StarObjected',
    data: { star: { ...state, objections: [...state.objections, objection] } },
  };
};

/**
 * Answers an objection, once.
 * @param n from 1, in the order in which they came
 * @throws Rejection `illegal-transition`, `not-found`, `own-objection`
 */
export const answer = (
  state: Star,
  n: number,
  given: { readonly by: string; readonly answer: string; readonly upheld: boolean },
): Fact<'StarObjectionAnswered'> => {
  checkStatus(state, 'answer', 'in-notice');
  const objection = state.objections[n - 1];
  if (!objection) throw new Rejection('not-found', { what: 'objection', id: n });
  if (objection.by === given.by) throw new Rejection('own-objection');
  if (objection.answer !== null)
    throw new Rejection('illegal-transition', { status: 'answered', action: 'answer' });
  const answered = { ...objection, answer: given.answer, upheld: given.upheld };
  return {
    type: 'StarObjectionAnswered',
    data: { star: { ...state, objections: state.objections.with(n - 1, answered) } },
  };
};

/**
 * Checks what a star has to have before it is granted, but for the hours.
 * @throws Rejection `illegal-transition`, `notice-not-over`, `star-objected`, `star-under-review`
 */
export const checkGrantable = (state: Star, today: string): void => {
  checkStatus(state, 'grant', 'in-notice');
  if (state.noticeUntil === null || today <= state.noticeUntil)
    throw new Rejection('notice-not-over', { until: state.noticeUntil ?? '' });
  const unanswered = state.objections.filter(({ answer }) => answer === null).length;
  const upheld = state.objections.filter((each) => each.upheld === true).length;
  if (unanswered + upheld > 0) throw new Rejection('star-objected', { unanswered, upheld });
  if (state.review !== null) throw new Rejection('star-under-review');
};

/** @throws Rejection as `checkGrantable` */
export const grant = (state: Star, snapshot: StarSnapshot, today: string): Fact<'StarGranted'> => {
  checkGrantable(state, today);
  return {
    type: 'StarGranted',
    data: { star: { ...state, ...snapshot, status: 'granted', grantedOn: today } },
  };
};

interface Ending {
  readonly reason: string;
  readonly today: string;
}

/** @throws Rejection `illegal-transition` */
export const decline = (state: Star, { reason, today }: Ending): Fact<'StarDeclined'> => {
  checkStatus(state, 'decline-star', 'eligible', 'nominated', 'in-notice');
  return {
    type: 'StarDeclined',
    data: {
      star: {
        ...state,
        ...{ status: 'declined', review: null },
        ...{ endedBy: 'district', endedOn: today, reason },
      },
    },
  };
};

/** @throws Rejection `illegal-transition` */
export const withdraw = (state: Star, { reason, today }: Ending): Fact<'StarWithdrawn'> => {
  checkStatus(state, 'withdraw-star', 'granted');
  return withdrawn(state, 'district', { reason, today });
};

const withdrawn = (
  state: Star,
  endedBy: NonNullable<Star['endedBy']>,
  { reason, today }: { readonly reason: string | null; readonly today: string },
): Fact<'StarWithdrawn'> => ({
  type: 'StarWithdrawn',
  data: {
    star: { ...state, status: 'withdrawn', review: null, endedBy, endedOn: today, reason },
  },
});

/** @throws Rejection `illegal-transition` unless it is under review */
export const checkReviewed = (state: Star): void => {
  if (state.review === null)
    throw new Rejection('illegal-transition', { status: state.status, action: 'uphold' });
};

/** Ends a review: the hours are there. @throws Rejection `illegal-transition` */
export const uphold = (state: Star, snapshot: StarSnapshot): Fact<'StarUpheld'> => {
  checkReviewed(state);
  return { type: 'StarUpheld', data: { star: { ...state, ...snapshot, review: null } } };
};

/** What the Ledger says now of what a star rests on. */
export interface Findings {
  readonly volunteer: Pick<Volunteer, 'status' | 'mergedInto' | 'mergedFrom'> | undefined;
  readonly hasFallen: boolean;
  readonly today: string;
}

const isOver = ({ status }: Pick<Star, 'status'>): boolean =>
  status === 'declined' || status === 'withdrawn';

/** Whether a change of what it rests on is looked at: once is enough, and what is over is over. */
export const mayBeReviewed = ({ status, review }: Pick<Star, 'status' | 'review'>): boolean =>
  review === null && !isOver({ status });

/**
 * What becomes of a star whose person or entries changed; null when nothing does. It is never taken by this but from
 * somebody who was erased: whether it stands is decided by people.
 */
export const reconsider = (
  state: Star,
  { volunteer, hasFallen, today }: Findings,
): StarFact | null => {
  if (!volunteer || volunteer.status === 'erased')
    return isOver(state) ? null : withdrawn(state, 'erased', { reason: null, today });
  if (!mayBeReviewed(state)) return null;
  const accepted = volunteer.mergedFrom.filter(({ awaiting }) => awaiting === null);
  const isParted = state.records.some((id) => !accepted.some((each) => each.id === id));
  const isMerged = volunteer.mergedInto !== null || isParted;
  if (!isMerged && !hasFallen) return null;
  const review = { since: today, cause: isMerged ? ('merged' as const) : ('hours' as const) };
  return { type: 'StarReviewRaised', data: { star: { ...state, review } } };
};
