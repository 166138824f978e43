import type { UseCase } from '../shared/http.ts';
import { reference } from '../shared/references.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { checkTakesPlace, reject, verify } from './decider.ts';
import { mayVerify } from './policy.ts';

export const verifyHours: UseCase<typeof participation.verifyHours> = (request) =>
  changeHours(
    request,
    (hours) => mayVerify(request.actor, hours),
    async (hours) => {
      checkTakesPlace(await reference('activity', hours.activityId, '#/'));
      return verify(hours, request.actor.id);
    },
  );

export const rejectHours: UseCase<typeof participation.rejectHours> = (request) =>
  changeHours(
    request,
    (hours) => mayVerify(request.actor, hours),
    (hours) => reject(hours, request.body.reason),
  );
