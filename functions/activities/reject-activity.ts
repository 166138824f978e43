import type { UseCase } from '../http/serve.ts';
import type { activities } from './contract.ts';
import { reject } from './decider.ts';
import { mayVerifyThis, runActivity } from './run-activity.ts';

export const rejectActivity: UseCase<typeof activities.rejectActivity> = (request) =>
  runActivity(
    request,
    (activity) => reject(activity, request.body.reason),
    mayVerifyThis(request.actor),
  );
