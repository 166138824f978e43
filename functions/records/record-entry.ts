import type { Activity } from '../../events/activities.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { CommandRequest } from '../ledger/command.ts';
import { mayBeOwnRecord, nobody } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { records } from './contract.ts';
import { type NewEntry, record } from './decider.ts';
import { mayRecord } from './policy.ts';

const checkActivity = (
  { organisationId, recordingUnitId }: Pick<Activity, 'organisationId' | 'recordingUnitId'>,
  evaluator: string,
): void => {
  if (![organisationId, recordingUnitId].includes(evaluator))
    throw new Rejection(
      'invalid-value',
      {
        zh: '评价单位须是该活动的主办组织或记录单位。',
        en: 'The activity was neither run nor recorded by this organisation.',
      },
      '#/activityId',
    );
};

/**
 * Checks that everything an entry names exists, and that an evaluated activity was run or recorded
 * by the evaluating organisation.
 */
const checkReferences = async (given: NewEntry): Promise<void> => {
  const activityId = given.kind === 'evaluation' ? given.activityId : null;
  const [activity] = await Promise.all([
    activityId === null ? null : aggregate('activity').reference(activityId, '#/activityId'),
    aggregate('organisation').referenceEventually(given.organisationId, '#/organisationId'),
  ]);
  if (activity) checkActivity(activity, given.organisationId);
};

/** Adds an entry to the record of a volunteer, who must be active. */
const recordEntry = async <Given extends NewEntry>(request: CommandRequest, given: Given) => {
  const { actor, at, idempotency } = request;
  const { volunteerId } = given;
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const id = derivedId('record-entry', idempotency?.key ?? '');
  const { state, version } = await aggregate('record-entry').create(id, {
    request,
    authorise: async () =>
      mayRecord(actor, given, await mayBeOwnRecord(actor, volunteerId, volunteer ?? nobody)),
    prepare: async () => {
      if (!volunteer) throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
      const fact = record(given, {
        volunteer,
        actorId: actor.id,
        today: localDateOf(at, settings().timezone),
      });
      await checkReferences(given);
      return fact;
    },
  });
  if (state.kind !== given.kind) throw new Error('another kind of entry has this id');
  return { id, entry: state as Extract<typeof state, { kind: Given['kind'] }>, version };
};

export const recordTraining: UseCase<typeof records.recordTraining> = async (request) => {
  const given = { kind: 'training' as const, volunteerId: request.params.id, ...request.body };
  const { id, entry, version } = await recordEntry(request, given);
  return { body: { id, ...entry, version }, version };
};

export const recordCommendation: UseCase<typeof records.recordCommendation> = async (request) => {
  const given = { kind: 'commendation' as const, volunteerId: request.params.id, ...request.body };
  const { id, entry, version } = await recordEntry(request, given);
  return { body: { id, ...entry, version }, version };
};

export const recordEvaluation: UseCase<typeof records.recordEvaluation> = async (request) => {
  const given = { kind: 'evaluation' as const, volunteerId: request.params.id, ...request.body };
  const { id, entry, version } = await recordEntry(request, given);
  return { body: { id, ...entry, version }, version };
};
