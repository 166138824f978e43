import type { Hours } from '../../events/participation.ts';
import { Rejection } from '../shared/decision.ts';
import type { UseCase } from '../shared/http.ts';
import { activityPartition, hoursPrefix, listOfVolunteer } from '../shared/keys.ts';
import { type ListQuery, listRows, rowEquals } from '../shared/views.ts';
import type { participation } from './contract.ts';
import { mayRead } from './policy.ts';

export const listHours: UseCase<typeof participation.listHours> = async ({ actor, query }) => {
  const { volunteer, activity, status, limit, cursor } = query;
  if (!mayRead(actor, volunteer)) throw new Rejection('forbidden');
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
  return { body: await listRows<Hours>({ ...where, limit, cursor }) };
};
