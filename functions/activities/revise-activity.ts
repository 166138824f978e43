import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../http/serve.ts';
import type { activities } from './contract.ts';
import { type Plan, revise } from './decider.ts';
import { mayPlace, placedIn } from './place-activity.ts';
import { planReferences } from './plan-references.ts';
import { mayRunThis, runActivity } from './run-activity.ts';

export const reviseActivity: UseCase<typeof activities.reviseActivity> = (request) => {
  // A merge patch: fields that were not sent are absent.
  const changes = request.body as Partial<Plan>;
  const { areaId } = changes;
  const decide = async (activity: Activity) => {
    const revised = { ...activity, ...changes };
    const campaign = await planReferences(changes, revised);
    const { areasAbove } = await placedIn(revised);
    const fact = revise(activity, { ...changes, areasAbove }, campaign);
    return isDeepStrictEqual(fact.data.activity, activity) ? null : fact;
  };
  return runActivity(request, decide, async (activity) => {
    const role = await mayRunThis(request.actor, activity);
    // Moving to another area requires that the actor may hold the activity there.
    return role && areaId !== undefined && areaId !== activity.areaId
      ? mayPlace(request.actor, activity.organisationId, areaId)
      : role;
  });
};
