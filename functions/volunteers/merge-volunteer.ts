import type { UseCase } from '../shared/http.ts';
import { reference } from '../shared/references.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { merge } from './decider.ts';
import { mayMerge } from './policy.ts';

/** Says that two records are of one person; `move-hours` then takes the hours over. */
export const mergeVolunteer: UseCase<typeof volunteers.mergeVolunteer> = (request) =>
  changeVolunteer(request, mayMerge, async (volunteer) => {
    const { id } = request.params;
    const { intoId, reason } = request.body;
    const into = await reference('volunteer', intoId, '#/intoId');
    return merge(volunteer, { id, intoId, into, reason });
  });
