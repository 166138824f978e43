import { isDeepStrictEqual } from 'node:util';
import type { UseCase } from '../http/serve.ts';
import type { activities } from './contract.ts';
import { correct, type Report } from './decider.ts';
import { knownOutputs } from './known-outputs.ts';
import { placedIn } from './place-activity.ts';
import { runActivity } from './run-activity.ts';

export const correctActivity: UseCase<typeof activities.correctActivity> = (request) => {
  const { reason, ...changes } = request.body;
  return runActivity(request, async (activity) => {
    // Fields that were not sent are absent.
    const fact = correct(await placedIn(activity), changes as Partial<Report>, {
      reason,
      actorId: request.actor.id,
      knownOutputs: knownOutputs(),
    });
    return isDeepStrictEqual(fact.data.activity.outcome, activity.outcome) ? null : fact;
  });
};
