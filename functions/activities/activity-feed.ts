import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { dayMs, localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { activityList, areaRows } from '../views/keys.ts';
import { type ListPage, listItems, rowsAt, type ViewItem } from '../views/views.ts';
import type { activities } from './contract.ts';

/** Days for which an activity that ended stays in the feed. */
const daysBack = 31;
/** Activities to come, and of those that began, the latest ones. */
const most = { toCome: 400, begun: 100 } as const;
/** Readings of a list with a filter, each of a thousand entries. */
const mostReadings = 2;

/** Up to so many items of a list, page after page, in a bounded number of readings. */
const read = async (
  limit: number,
  page: (more: { readonly limit: number; readonly cursor?: string }) => Promise<ListPage>,
): Promise<ViewItem[]> => {
  const items: ViewItem[] = [];
  let cursor: string | null = null;
  for (let readings = 0; readings < mostReadings; readings += 1) {
    const left = limit - items.length;
    const { items: more, next } = await page({ limit: left, ...(cursor ? { cursor } : {}) });
    items.push(...more);
    cursor = next;
    if (cursor === null || items.length === limit) break;
  }
  return items;
};

/** The names of the areas of activities and of those above, one read for a hundred; an unknown one's id. */
const namesOfAreas = async (items: readonly ViewItem[]): Promise<(areaId: string) => string> => {
  const ids = items.flatMap(({ row }) => {
    const { areaId, areasAbove } = row as unknown as Activity;
    return [areaId, ...areasAbove.slice(-1)];
  });
  const rows = await rowsAt(ids.map((sk) => ({ pk: areaRows, sk })));
  return (areaId) => String(rows.get(`${areaRows}|${areaId}`)?.name ?? areaId);
};

/** The activities of the last month and all to come, by first day; of an area with what lies in it. */
export const activityFeed: UseCase<typeof activities.activityFeed> = async ({ query, at }) => {
  const { timezone, name: district } = settings();
  const area = query.areaId && (await aggregate('area').stateNow(query.areaId, false));
  if (query.areaId && !area) throw new Rejection('not-found', { what: 'area', id: query.areaId });
  const isIn = ({ row }: ViewItem): boolean => {
    const { areaId, areasAbove } = row as unknown as Activity;
    return areaId === query.areaId || areasAbove.includes(query.areaId ?? '');
  };
  const today = localDateOf(at, timezone);
  const recently = localDateOf(at - daysBack * dayMs, timezone);
  const list = { index: 'lists', partition: activityList } as const;
  const toCome = await read(most.toCome, (more) =>
    listItems({ ...list, from: today, ...(query.areaId ? { accepts: isIn } : {}), ...more }),
  );
  const isRecent = (item: ViewItem): boolean =>
    (item.row as unknown as Activity).endsOn >= recently && (!query.areaId || isIn(item));
  const begun = await read(most.begun, (more) =>
    listItems({ ...list, before: today, descending: true, accepts: isRecent, ...more }),
  );
  const items = [...begun.reverse(), ...toCome];
  const nameOf = await namesOfAreas(items);
  // The whole district is the area above all others.
  const [root] = items.flatMap(({ row }) => (row as unknown as Activity).areasAbove.slice(-1));
  return {
    body: {
      name: area ? area.name : root ? nameOf(root) : district,
      activities: items.map(({ id, row, version, recordedAt }) => ({
        ...(row as unknown as Activity),
        id: String(id),
        version: Number(version),
        changedAt: String(recordedAt),
        place: nameOf((row as unknown as Activity).areaId),
      })),
    },
  };
};
