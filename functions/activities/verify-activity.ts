import { ofKnownOrganisation } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import type { activities } from './contract.ts';
import { verify } from './decider.ts';
import { mayVerify } from './policy.ts';
import { runActivity } from './run-activity.ts';

export const verifyActivity: UseCase<typeof activities.verifyActivity> = (request) =>
  runActivity(request, verify, async (activity) =>
    mayVerify(await ofKnownOrganisation(request.actor), activity),
  );
