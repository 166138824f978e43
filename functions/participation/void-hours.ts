import { withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { changeHours } from './change-hours.ts';
import type { participation } from './contract.ts';
import { voidEntry } from './decider.ts';
import { mayVoid } from './policy.ts';

export const voidHours: UseCase<typeof participation.voidHours> = (request) =>
  changeHours(
    request,
    async (hours) =>
      mayVoid(request.actor, hours, {
        inArea: await withinNamedAreas(request.actor, hours.areaId),
      }),
    (hours) => voidEntry(hours, request.body.reason),
  );
