import type { UseCase } from '../http/serve.ts';
import { isSelf } from '../people/own-record.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { object } from './decider.ts';
import { mayObject } from './policy.ts';

export const objectHours: UseCase<typeof participation.objectHours> = (request) =>
  changeHours(
    request,
    async (hours) =>
      mayObject(request.actor, { own: await isSelf(request.actor, hours.volunteerId) }),
    (hours) => object(hours, request.body.reason),
  );
