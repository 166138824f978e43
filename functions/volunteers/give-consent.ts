import type { UseCase } from '../http/serve.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { giveConsent as give, withdrawConsent as withdraw } from './decider.ts';
import { mayDecideForThemselves } from './policy.ts';

export const giveConsent: UseCase<typeof volunteers.giveConsent> = (request) =>
  changeVolunteer(request, mayDecideForThemselves, (volunteer, today) =>
    give(volunteer, request.body, today),
  );

export const withdrawConsent: UseCase<typeof volunteers.withdrawConsent> = (request) =>
  changeVolunteer(request, mayDecideForThemselves, (volunteer, today) =>
    withdraw(volunteer, request.params.purpose, today),
  );
