import { outputs } from '../../events/outputs.ts';
import type { UseCase } from '../http/serve.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { activities } from './contract.ts';
import { complete } from './decider.ts';
import { runActivity } from './run-activity.ts';

export const completeActivity: UseCase<typeof activities.completeActivity> = (request) =>
  runActivity(request, (activity) =>
    complete(activity, request.body, {
      today: localDateOf(request.at, settings().timezone),
      actorId: request.actor.id,
      knownOutputs: new Set([...Object.keys(outputs), ...Object.keys(settings().outputs)]),
    }),
  );
