import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../shared/http.ts';
import { listItems, rowEquals } from '../shared/views.ts';
import type { activities } from './contract.ts';
import { activityList } from './projection.ts';

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
      items: items.map(({ id, row, version }) => ({
        id: id as string,
        ...(row as Activity),
        version: version as number,
      })),
      next,
    },
  };
};
