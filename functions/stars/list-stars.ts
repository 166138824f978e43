import { worksIn } from '../access/working-area.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSelf } from '../people/own-record.ts';
import { type ShownStar, shownStar } from '../people/shown-star.ts';
import { starsOf } from '../people/stars.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { areaRows, listOfStars, starsInNotice } from '../views/keys.ts';
import { listItems, listRows, rowEquals, rowsAt } from '../views/views.ts';
import type { stars } from './contract.ts';
import { publicName } from './notice-name.ts';
import { mayList, mayRead } from './policy.ts';

/** The stars of a person by level, as the Ledger says now. */
export const listOwnStars: UseCase<typeof stars.listOwnStars> = async ({
  actor,
  params: { id },
}) => {
  if (!mayRead(actor, { own: await isSelf(actor, id) })) throw new Rejection('forbidden');
  const found = await starsOf(id);
  return { body: { items: found.map(({ state, ...rest }) => ({ ...rest, ...shownStar(state) })) } };
};

/** The stars of a year, by area and then by id: by no figure. */
export const listStars: UseCase<typeof stars.listStars> = async ({
  actor,
  query: { year = String(actor.year), areaId, status, limit, cursor },
}) => {
  const isNear = actor.roles.some((role) => role === 'organiser' || role === 'verifier');
  const inArea = areaId !== undefined && isNear && (await worksIn(actor, areaId));
  if (!mayList(actor, { inArea })) throw new Rejection('forbidden');
  const { items, next } = await listRows<ShownStar>({
    index: 'lists',
    partition: listOfStars(year),
    ...(areaId === undefined ? {} : { prefix: `${areaId}#` }),
    where: rowEquals({ status }),
    limit,
    cursor,
  });
  return { body: { items, next } };
};

/** Stars on a page of the notice: each is read in the Ledger, and whether its person may be named. */
const perPage = 20;

/** The last day of a star's notice; null when today is in no notice of it. */
const lastDayOf = (
  { status, noticeUntil }: Pick<ShownStar, 'status' | 'noticeUntil'>,
  today: string,
): string | null =>
  status === 'in-notice' && noticeUntil !== null && today <= noticeUntil ? noticeUntil : null;

/**
 * The stars in their public notice, by area and then by id. The Views say which there are; where each stands, and whether
 * its person may be named at this moment, is read from the Ledger. After its last day a star is not shown any more, also
 * while nobody has granted it.
 */
export const starNotice = async ({
  query: { cursor },
  at,
}: Pick<Request<typeof stars.starNotice>, 'query' | 'at'>) => {
  const today = localDateOf(at, settings().timezone);
  const { items, next } = await listItems({
    index: 'flags',
    partition: starsInNotice,
    accepts: ({ row }) => lastDayOf(row as ShownStar, today) !== null,
    limit: perPage,
    cursor,
  });
  const shown = await inParallel(5, items, async (item) => {
    const id = String(item.id);
    const star = await aggregate('star').stateNow(id);
    const noticeUntil = star ? lastDayOf(star, today) : null;
    if (!star || noticeUntil === null) return [];
    const { areaId, level, review, volunteerId } = star;
    const name = await publicName(id, volunteerId);
    return [{ id, areaId, level, noticeUntil, underReview: review !== null, name }];
  });
  const noticed = shown.flat();
  const areas = await rowsAt(noticed.map(({ areaId }) => ({ pk: areaRows, sk: areaId })));
  return {
    body: {
      items: noticed.map((each) => ({
        ...each,
        area: (areas.get(`${areaRows}|${each.areaId}`)?.name as string | undefined) ?? null,
      })),
      next,
    },
  };
};
