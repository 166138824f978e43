import { isDeepStrictEqual } from 'node:util';
import type { UseCase } from '../shared/http.ts';
import type { activities } from './contract.ts';
import { type Plan, revise } from './decider.ts';
import { planReferences } from './plan-references.ts';
import { runActivity } from './run-activity.ts';

export const reviseActivity: UseCase<typeof activities.reviseActivity> = (request) => {
  // A merge patch: a field that was not sent is not there at all.
  const changes = request.body as Partial<Plan>;
  return runActivity(request, async (activity) => {
    const campaign = await planReferences(changes, changes.startsOn ?? activity.startsOn);
    const fact = revise(activity, changes, campaign);
    return isDeepStrictEqual(fact.data.activity, activity) ? null : fact;
  });
};
