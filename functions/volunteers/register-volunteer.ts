import { localDateOf } from '../shared/calendar.ts';
import { commandBy } from '../shared/command.ts';
import { create } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { derivedId } from '../shared/ids.ts';
import { existing } from '../shared/references.ts';
import { register } from '../shared/registration.ts';
import { settings } from '../shared/settings.ts';
import type { volunteers } from './contract.ts';
import { evolve } from './decider.ts';
import { mayRegister } from './policy.ts';

export const registerVolunteer: UseCase<typeof volunteers.registerVolunteer> = async (request) => {
  const role = mayRegister(request.actor);
  const command = commandBy(role, request);
  const self = role === 'volunteer';
  const id = self
    ? request.actor.volunteerId
    : derivedId('volunteer', request.idempotency?.key ?? '');
  const { state, version } = await create(
    { type: 'volunteer', id },
    evolve,
    async () => {
      await existing('area', request.body.areaId, '#/areaId');
      return register(
        { ...request.body, ageGroup: 'unknown', registeredBy: self ? 'self' : 'organiser' },
        localDateOf(request.at, settings().timezone),
      );
    },
    command,
  );
  return { body: { id, ...state, version }, version };
};
