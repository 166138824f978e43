import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { UseCase } from '../http/serve.ts';
import { eventAt } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { settings } from '../runtime/settings.ts';
import { fullEventOf, thinEventOf } from './cloud-event.ts';
import type { webhooks } from './contract.ts';
import { type Place, placeAt, readLog, type Told } from './event-log.ts';
import { mayPull } from './policy.ts';
import { matchesFilter } from './subscription.ts';
import { waitFor } from './wait-for.ts';

/** Any cursor is good with any filter: it names a place in the log of all events. */
const list = ['events'];

const placeOf = (cursor: string): Place => {
  const [number = '', index = ''] = decodeCursor(list, cursor, /^\d{1,14}\.\d{1,4}$/).split('.');
  return { number: Number(number), index: Number(index) };
};

/** Seconds after which somebody who has seen all asks again; sooner who lets the request wait. */
const pause = { polling: 30, waiting: 1 } as const;

/**
 * Events after a place, oldest first; of an aggregate in the order of its versions. A reader without a place
 * begins with the oldest event that is kept, or at a time. A reader may let the request wait for something,
 * as long as the district lets it.
 */
export const pullEvents: UseCase<typeof webhooks.pullEvents> = async ({ actor, query }) => {
  const { after, since, types, areaId, theme, organisationId = null, content, limit } = query;
  const leave = mayPull(actor);
  if (!leave || (content === 'full' && !leave.full)) throw new Rejection('forbidden');
  // A machine of an organisation gets the events of that organisation.
  const only = leave.organisationId ?? organisationId;
  if (organisationId !== null && organisationId !== only) throw new Rejection('forbidden');
  const filter = {
    types: types ?? null,
    areaIds: areaId === undefined ? [] : [areaId],
    themes: theme === undefined ? [] : [theme],
    organisationId: only,
  };
  const begin = since === undefined ? undefined : new Date(since).toISOString();
  const isWanted = ({ head, part, areaIds }: Told): boolean =>
    (begin === undefined || head.recordedAt >= begin) &&
    matchesFilter(filter, { type: head.type, areaIds, ...part });
  const start = begin === undefined ? { number: 0, index: 0 } : await placeAt(Date.parse(begin));
  const from = after ? placeOf(after) : start;
  const seconds = Math.min(query.waitSeconds, settings().longPollSeconds);
  let at = from;
  const { events, place, isEnd } = await waitFor(
    async () => {
      const page = await readLog(at, limit, isWanted);
      at = page.place;
      return page;
    },
    (page) => page.events.length > 0 || !page.isEnd,
    seconds * 1000,
  );
  const items = await inParallel(10, events, async ({ head, part }) => {
    if (content === 'thin') return thinEventOf(head, part, `pull ${actor.id}`);
    const { type, id, version } = head.aggregate;
    const event = await eventAt({ type, id }, version);
    return event ? fullEventOf(event) : thinEventOf(head, part, `pull ${actor.id}`);
  });
  const next = encodeCursor(list, `${place.number}.${place.index}`);
  const retryAfter = isEnd ? pause[seconds > 0 ? 'waiting' : 'polling'] : 0;
  return { body: { items: [...items], next, retryAfterSeconds: retryAfter }, retryAfter };
};
