import type { UseCase } from '../http/serve.ts';
import type { activities } from './contract.ts';
import { verify } from './decider.ts';
import { mayVerifyThis, runActivity } from './run-activity.ts';

export const verifyActivity: UseCase<typeof activities.verifyActivity> = (request) =>
  runActivity(request, verify, mayVerifyThis(request.actor));
