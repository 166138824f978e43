import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../shared/http.ts';
import { listItems, rowEquals } from '../shared/views.ts';
import type { activities } from './contract.ts';
import { activityList } from './projection.ts';
import { shown } from './run-activity.ts';

export const listActivities: UseCase<typeof activities.listActivities> = async ({ query }) => {
  const { month, area, theme, status, limit, cursor } = query;
  const { items, next } = await listItems({
    index: 'lists',
    partition: activityList,
    ...(month ? { prefix: month } : {}),
    where: rowEquals({ areaId: area, theme, status }),
    limit,
    cursor,
  });
  return {
    body: {
      items: items.map(({ pk, row, version }) =>
        shown(pk.slice(pk.indexOf('#') + 1), version as number, row as Activity),
      ),
      next,
    },
  };
};
