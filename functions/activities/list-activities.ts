import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../http/serve.ts';
import { activityList } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import type { activities } from './contract.ts';
import { asPublicSees } from './public-view.ts';

export const listActivities: UseCase<typeof activities.listActivities> = async ({ query }) => {
  const { month, partnerId, limit, cursor, ...equal } = query;
  const { items, next } = await listRows<Activity>({
    index: 'lists',
    partition: activityList,
    ...(month ? { prefix: month } : {}),
    where: rowEquals(equal),
    ...(partnerId
      ? { accepts: ({ row }) => (row as unknown as Activity).partnerIds.includes(partnerId) }
      : {}),
    limit,
    cursor,
  });
  return { body: { items: items.map(asPublicSees), next } };
};
