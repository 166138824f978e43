import type { UseCase } from '../shared/http.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { voidEntry } from './decider.ts';
import { mayVoid } from './policy.ts';

export const voidHours: UseCase<typeof participation.voidHours> = (request) =>
  changeHours(
    request,
    (hours) => mayVoid(request.actor, hours),
    (hours) => voidEntry(hours, request.body.reason),
  );
