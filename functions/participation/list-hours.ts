import type { Hours } from '../../events/participation.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { activityPartition, hoursPrefix, listOfVolunteer } from '../views/keys.ts';
import { type ListQuery, listRows, rowEquals } from '../views/views.ts';
import type { participation } from './contract.ts';
import { checkReading } from './read-access.ts';

export const listHours: UseCase<typeof participation.listHours> = async (request) => {
  const { volunteer, activity, status, limit, cursor } = request.query;
  const isPlaceAsked = activity !== undefined && request.actor.roles.includes('organiser');
  const show = await checkReading(request, {
    volunteerId: volunteer,
    place: isPlaceAsked ? await aggregate('activity').stateNow(activity) : undefined,
  });
  const where: Pick<ListQuery, 'index' | 'partition' | 'prefix' | 'where'> = activity
    ? {
        index: 'items',
        partition: activityPartition(activity),
        prefix: hoursPrefix,
        where: rowEquals({ volunteerId: volunteer, status }),
      }
    : {
        index: 'lists',
        partition: listOfVolunteer(volunteer ?? ''),
        where: rowEquals({ status }),
      };
  const { items, next } = await listRows<Hours>({ ...where, limit, cursor });
  return { body: { items: await Promise.all(items.map(show)), next } };
};
