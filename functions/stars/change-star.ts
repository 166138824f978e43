import type { Role } from '../../events/envelope.ts';
import type { Star } from '../../events/stars.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { standingOf } from '../people/own-record.ts';
import { shownStar } from '../people/shown-star.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { lastDayWithin } from '../sheets/working-days.ts';
import type { stars } from './contract.ts';
import {
  answer,
  checkGrantable,
  checkInUse,
  checkNoticeable,
  checkReviewed,
  decline,
  grant,
  notice,
  object,
  type StarFact,
  uphold,
  withdraw,
} from './decider.ts';
import { nameDeletion, nameWrites } from './notice-name.ts';
import { mayDecide, mayObject } from './policy.ts';
import { snapshotFor } from './snapshot.ts';

type Change = Execution<'star'>['request'] & { readonly params: { readonly id: string } };

interface More {
  readonly alsoWrite?: Execution<'star'>['alsoWrite'];
  /** Who may; by default the district, and nobody for themselves. */
  readonly may?: () => Role | undefined;
}

/** Runs a command on the star that a path names. Returns the star after it. */
const runStar = (
  request: Change,
  decide: (state: Star, today: string) => StarFact | null | Promise<StarFact | null>,
  { alsoWrite, may }: More = {},
) => {
  const { actor, at, params } = request;
  const today = localDateOf(at, settings().timezone);
  return aggregate('star').execute(params.id, {
    request,
    authorise: async ({ volunteerId }) =>
      may ? may() : mayDecide(actor, await standingOf(actor, volunteerId)),
    authoriseAbsent: () => (may ? may() : mayDecide(actor, { mayBeOwn: false })),
    decide: (state) => decide(state, today),
    ...(alsoWrite ? { alsoWrite } : {}),
  });
};

/** `runStar` for whoever may read the star. */
const changeStar = async (...given: Parameters<typeof runStar>) => {
  const { state, version } = await runStar(...given);
  return { body: { id: given[0].params.id, ...shownStar(state), version }, version };
};

/** What the Ledger says now of the hours of a star's person. @throws Rejection `volunteer-not-active` */
const snapshotNow = async (
  { volunteerId, terms }: Star,
  today: string,
  ...also: readonly Volunteer['status'][]
) => {
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  if (!volunteer) throw new Rejection('volunteer-not-active', { status: 'erased' });
  checkInUse(volunteer, ...also);
  return snapshotFor(volunteerId, volunteer, terms, today);
};

/** Begins the public notice, with the person's name where they agreed to be named. */
export const noticeStar: UseCase<typeof stars.noticeStar> = (request) => {
  const { actor, at, params } = request;
  let writes: readonly AlsoWrite[] = [];
  return changeStar(
    request,
    async (state, today) => {
      checkNoticeable(state);
      const snapshot = await snapshotNow(state, today);
      const role = actor.roles[0] ?? 'district-admin';
      const noticeUntil = lastDayWithin(state.terms.noticeWorkingDays, today);
      const { volunteerId } = state;
      writes = await nameWrites(params.id, { volunteerId, noticeUntil }, { actor, at, role });
      return notice(state, snapshot, noticeUntil);
    },
    { alsoWrite: async () => writes },
  );
};

/** Takes an objection down. Staff do so wherever they work, so the answer has nothing of the star. */
export const objectToStar: UseCase<typeof stars.objectToStar> = async (request) => {
  const { actor, body, params } = request;
  const { state, version } = await runStar(
    request,
    (state, today) => object(state, { by: actor.id, text: body.text, today }),
    { may: () => mayObject(actor) },
  );
  return { body: { id: params.id, status: state.status, version }, version };
};

export const answerObjection: UseCase<typeof stars.answerObjection> = (request) => {
  const { actor, params, body } = request;
  return changeStar(request, (state) => answer(state, params.n, { by: actor.id, ...body }));
};

/** The end of a notice: the name is not shown any more, and not kept. */
const ending = ({ params: { id } }: Change): More => ({
  alsoWrite: async () => [nameDeletion(id)],
});

export const grantStar: UseCase<typeof stars.grantStar> = (request) =>
  changeStar(
    request,
    async (state, today) => {
      checkGrantable(state, today);
      return grant(state, await snapshotNow(state, today), today);
    },
    ending(request),
  );

export const declineStar: UseCase<typeof stars.declineStar> = (request) =>
  changeStar(
    request,
    (state, today) => decline(state, { reason: request.body.reason, today }),
    ending(request),
  );

export const withdrawStar: UseCase<typeof stars.withdrawStar> = (request) =>
  changeStar(request, (state, today) => withdraw(state, { reason: request.body.reason, today }));

/** Ends a review with what is verified now. Whoever has left since keeps a star that holds. */
export const upholdStar: UseCase<typeof stars.upholdStar> = (request) =>
  changeStar(request, async (state, today) => {
    checkReviewed(state);
    return uphold(state, await snapshotNow(state, today, 'deactivated'));
  });
