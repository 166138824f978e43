import type { RecordEntry, RecordKind } from '../../events/records.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { standingOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import type { records } from './contract.ts';
import { voidEntry as decide } from './decider.ts';
import { mayRecord } from './policy.ts';

type VoidRequest = Execution<'record-entry'>['request'] & {
  readonly params: { readonly id: string; readonly entryId: string };
  readonly body: { readonly reason: string };
};

/** Strikes out the entry that a path names, if it has this kind and this volunteer. */
const voidEntry = async <Kind extends RecordKind>(request: VoidRequest, kind: Kind) => {
  const { id: volunteerId, entryId: id } = request.params;
  const { mayBeOwn: own } = await standingOf(request.actor, volunteerId);
  const { state, version } = await aggregate('record-entry').execute(id, {
    request,
    authorise: (entry) => {
      const role = mayRecord(request.actor, entry, own);
      if (role && (entry.kind !== kind || entry.volunteerId !== volunteerId))
        throw new Rejection('not-found', { what: kind, id });
      return role;
    },
    // A missing entry has no organisation, so only the district learns that it is missing.
    authoriseAbsent: () => mayRecord(request.actor, { organisationId: '' }, own),
    decide: (entry) => decide(entry, request.body.reason),
  });
  return { id, entry: state as Extract<RecordEntry, { kind: Kind }>, version };
};

export const voidTraining: UseCase<typeof records.voidTraining> = async (request) => {
  const { id, entry, version } = await voidEntry(request, 'training');
  return { body: { id, ...entry, version }, version };
};

export const voidCommendation: UseCase<typeof records.voidCommendation> = async (request) => {
  const { id, entry, version } = await voidEntry(request, 'commendation');
  return { body: { id, ...entry, version }, version };
};

export const voidEvaluation: UseCase<typeof records.voidEvaluation> = async (request) => {
  const { id, entry, version } = await voidEntry(request, 'evaluation');
  return { body: { id, ...entry, version }, version };
};
