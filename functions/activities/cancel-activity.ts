import type { UseCase } from '../shared/http.ts';
import type { activities } from './contract.ts';
import { cancel } from './decider.ts';
import { runActivity } from './run-activity.ts';

export const cancelActivity: UseCase<typeof activities.cancelActivity> = (request) =>
  runActivity(request, (activity) => cancel(activity, request.body.reason));
