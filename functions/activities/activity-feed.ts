import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { listItems, type ViewItem } from '../views/views.ts';
import type { activities } from './contract.ts';
import { activityList } from './projection.ts';

/** Days back from which activities are in the feed, and how many activities are. */
const daysBack = 31;
const most = 500;
const dayMs = 86_400_000;

/** The activities of the last month and all to come, by first day; of an area with what lies in it. */
export const activityFeed: UseCase<typeof activities.activityFeed> = async ({ query, at }) => {
  const { timezone, name: district } = settings();
  const area = query.areaId && (await aggregate('area').stateNow(query.areaId, false));
  if (query.areaId && !area) throw new Rejection('not-found', { what: 'area', id: query.areaId });
  const isIn = ({ row }: ViewItem): boolean => {
    const { areaId, areasAbove } = row as unknown as Activity;
    return areaId === query.areaId || areasAbove.includes(query.areaId ?? '');
  };
  const { items } = await listItems({
    index: 'lists',
    partition: activityList,
    from: localDateOf(at - daysBack * dayMs, timezone),
    ...(query.areaId ? { accepts: isIn } : {}),
    limit: most,
  });
  return {
    body: {
      name: area ? area.name : district,
      activities: items.map(({ id, row, version, recordedAt }) => ({
        ...(row as unknown as Activity),
        id: String(id),
        version: Number(version),
        changedAt: String(recordedAt),
      })),
    },
  };
};
