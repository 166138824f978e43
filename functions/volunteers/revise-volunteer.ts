import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { revise } from './decider.ts';
import { mayRevise } from './policy.ts';

export const reviseVolunteer: UseCase<typeof volunteers.reviseVolunteer> = (request) =>
  changeVolunteer(request, mayRevise, async (volunteer) => {
    const { areaId } = request.body;
    if (areaId !== undefined) await aggregate('area').referenceEventually(areaId, '#/areaId');
    return revise(volunteer, request.body);
  });
