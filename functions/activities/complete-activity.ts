import type { UseCase } from '../http/serve.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { activities } from './contract.ts';
import { complete } from './decider.ts';
import { knownOutputs } from './known-outputs.ts';
import { placedIn } from './place-activity.ts';
import { runActivity } from './run-activity.ts';

export const completeActivity: UseCase<typeof activities.completeActivity> = (request) =>
  runActivity(request, async (activity) =>
    complete(await placedIn(activity), request.body, {
      today: localDateOf(request.at, settings().timezone),
      actorId: request.actor.id,
      knownOutputs: knownOutputs(),
    }),
  );
