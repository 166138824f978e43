import { withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { correct } from './decider.ts';
import { mayCorrect } from './policy.ts';

export const correctHours: UseCase<typeof participation.correctHours> = (request) => {
  const { reason, serviceDate, attendedMinutes, creditedMinutes } = request.body;
  const changes = {
    ...(serviceDate === undefined ? {} : { serviceDate }),
    ...(attendedMinutes === undefined ? {} : { attendedMinutes }),
    ...(creditedMinutes === undefined ? {} : { creditedMinutes }),
  };
  return changeHours(
    request,
    async (hours) =>
      mayCorrect(request.actor, hours, {
        inArea: await withinNamedAreas(request.actor, hours.areaId),
      }),
    async (hours) =>
      correct(hours, changes, {
        activity: await aggregate('activity').reference(hours.activityId, '#/serviceDate'),
        actorId: request.actor.id,
        today: localDateOf(request.at, settings().timezone),
        reason,
      }),
  );
};
