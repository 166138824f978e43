import type { UseCase } from '../http/serve.ts';
import { type AlsoAppend, aggregate } from '../ledger/aggregate.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { acceptMerge as accept } from './merge-decider.ts';
import { mayDecideForThemselves } from './policy.ts';

/**
 * The person accepts a merge that staff made. Only then is each record theirs with either token.
 * The event is appended to both records in one transaction, so a record that is erased at this
 * moment is not accepted.
 */
export const acceptMerge: UseCase<typeof volunteers.acceptMerge> = (request) => {
  const { id } = request.params;
  const { fromId, by } = request.body;
  const stream = { type: 'volunteer', id: fromId } as const;
  let other: readonly AlsoAppend[] = [];
  return changeVolunteer(
    request,
    mayDecideForThemselves,
    async (volunteer) => {
      const from = await aggregate('volunteer').find(fromId);
      const fact = accept(volunteer, { id, fromId, from: from?.state, by });
      const said = from && {
        type: 'MergeAccepted' as const,
        data: { volunteer: from.state, fromId, intoId: id },
      };
      other = said ? [{ ...stream, version: from.version, fact: said }] : [];
      return fact;
    },
    { alsoAppend: async () => other },
  );
};
