import type { Hours } from '../../events/participation.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { activityPartition, hoursPrefix } from '../views/keys.ts';
import { type ListPage, listItems, type ViewItem } from '../views/views.ts';
import type { activities } from './contract.ts';
import { cancel } from './decider.ts';
import { runActivity } from './run-activity.ts';

const counts = ({ row }: ViewItem): boolean =>
  ['pending', 'verified'].includes((row as Hours).status);

/** Whether the Views have pending or verified hours for the activity. */
const hasHours = async (id: string): Promise<boolean> => {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: ListPage = await listItems({
      index: 'items',
      partition: activityPartition(id),
      prefix: hoursPrefix,
      accepts: counts,
      limit: 1,
      cursor,
    });
    if (page.items.length > 0) return true;
    cursor = page.next;
  }
  return false;
};

/**
 * Cancels an activity. Refused while it has pending or verified hours: an activity that did not
 * take place has none, so they are voided first, each with its reason. An entry logged at the same
 * moment stays pending for ever, because hours of a cancelled activity cannot be verified.
 */
export const cancelActivity: UseCase<typeof activities.cancelActivity> = (request) =>
  runActivity(request, async (activity) => {
    const fact = cancel(activity, request.body.reason);
    if (await hasHours(request.params.id)) throw new Rejection('activity-has-hours');
    return fact;
  });
