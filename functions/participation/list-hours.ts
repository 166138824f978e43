import type { Hours } from '../../events/participation.ts';
import { Rejection } from '../shared/decision.ts';
import type { UseCase } from '../shared/http.ts';
import { listItems, rowEquals } from '../shared/views.ts';
import type { participation } from './contract.ts';
import { mayRead } from './policy.ts';
import { activityPartition, hoursPrefix, listOfVolunteer } from './projection.ts';

export const listHours: UseCase<typeof participation.listHours> = async ({ actor, query }) => {
  const { volunteer, activity, status, limit, cursor } = query;
  if (!mayRead(actor, volunteer)) throw new Rejection('forbidden');
  const page = { limit, cursor };
  const { items, next } = activity
    ? await listItems({
        index: 'items',
        partition: activityPartition(activity),
        prefix: hoursPrefix,
        where: rowEquals({ volunteerId: volunteer, status }),
        ...page,
      })
    : await listItems({
        index: 'lists',
        partition: listOfVolunteer(volunteer ?? ''),
        where: rowEquals({ status }),
        ...page,
      });
  return {
    body: {
      items: items.map(({ id, row, version }) => ({
        id: id as string,
        ...(row as Hours),
        version: version as number,
      })),
      next,
    },
  };
};
