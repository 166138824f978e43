import type { UseCase } from '../shared/http.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { object } from './decider.ts';
import { mayObject } from './policy.ts';

export const objectHours: UseCase<typeof participation.objectHours> = (request) =>
  changeHours(
    request,
    (hours) => mayObject(request.actor, hours),
    (hours) => object(hours, request.body.reason),
  );
