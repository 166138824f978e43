import type { UseCase } from '../http/serve.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { deactivate, reactivate } from './decider.ts';
import { mayDeactivate } from './policy.ts';

export const deactivateVolunteer: UseCase<typeof volunteers.deactivateVolunteer> = (request) =>
  changeVolunteer(request, mayDeactivate, (volunteer, today) =>
    deactivate(volunteer, request.body.reason, today),
  );

export const reactivateVolunteer: UseCase<typeof volunteers.reactivateVolunteer> = (request) =>
  changeVolunteer(request, mayDeactivate, (volunteer, today) => reactivate(volunteer, today));
