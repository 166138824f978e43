import type { UseCase } from '../http/serve.ts';
import { type AlsoAppend, aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { accessTo, changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { merge, receiveMerged } from './merge-decider.ts';
import { mayMerge } from './policy.ts';

/**
 * Merges a record into another one of the same person; both get an event in one transaction. The
 * surviving record's person must then accept before either token leads to both. Hours stay where they
 * were entered, and count for the surviving record; `keep-memberships` brings over the rest.
 */
export const mergeVolunteer: UseCase<typeof volunteers.mergeVolunteer> = (request) => {
  const { actor, params, body } = request;
  const { intoId, reason } = body;
  const stream = { type: 'volunteer', id: intoId } as const;
  let taken: readonly AlsoAppend[] = [];
  return changeVolunteer(
    request,
    mayMerge,
    async (volunteer) => {
      const into = await aggregate('volunteer').find(intoId);
      if (!into)
        throw new Rejection('unknown-reference', { what: 'volunteer', id: intoId }, '#/intoId');
      if (!mayMerge(actor, await accessTo(actor, intoId, into.state)))
        throw new Rejection('forbidden', {}, '#/intoId');
      const fact = merge(volunteer, { id: params.id, intoId, into: into.state, reason });
      const received = receiveMerged(
        { id: intoId, ...into.state },
        { id: params.id, ...volunteer },
      );
      taken = received ? [{ ...stream, version: into.version, fact: received }] : [];
      return fact;
    },
    { alsoAppend: async () => taken },
  );
};
