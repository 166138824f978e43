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

/** Whether somebody's time is entered that still waits or counts, as far as the Views know. */
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
 * Cancels an activity, unless time was entered for it: what did not take place has no hours, so
 * those are voided first, each with its reason. An entry that came in at the same moment waits
 * for ever: nothing can be verified for a cancelled activity.
 */
export const cancelActivity: UseCase<typeof activities.cancelActivity> = (request) =>
  runActivity(request, async (activity) => {
    const fact = cancel(activity, request.body.reason);
    if (await hasHours(request.params.id)) throw new Rejection('activity-has-hours');
    return fact;
  });
