import type { UseCase } from '../http/serve.ts';
import { find, type Together } from '../ledger/execute.ts';
import { Rejection } from '../refusals/decision.ts';
import { accessTo, changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { evolve, merge, takeIn } from './decider.ts';
import { mayMerge } from './policy.ts';

/**
 * Says that two records are of one person, to both at once: from then on the one that stays is
 * theirs by either's token. `move-hours` and `keep-memberships` then bring the rest over.
 */
export const mergeVolunteer: UseCase<typeof volunteers.mergeVolunteer> = (request) => {
  const { actor, params, body } = request;
  const { intoId, reason } = body;
  const stream = { type: 'volunteer', id: intoId };
  let taken: readonly Together[] = [];
  return changeVolunteer(
    request,
    mayMerge,
    async (volunteer) => {
      const into = await find(stream, evolve);
      if (!into)
        throw new Rejection('unknown-reference', { what: 'volunteer', id: intoId }, '#/intoId');
      if (!mayMerge(actor, await accessTo(actor, intoId, into.state)))
        throw new Rejection('forbidden', {}, '#/intoId');
      const fact = merge(volunteer, { id: params.id, intoId, into: into.state, reason });
      const takenIn = takeIn(into.state, { id: params.id, ...volunteer });
      taken = takenIn ? [{ stream, version: into.version, fact: takenIn }] : [];
      return fact;
    },
    { together: async () => taken },
  );
};
