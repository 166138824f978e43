import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { derivedId } from '../runtime/ids.ts';
import type { activities } from './contract.ts';
import { publish } from './decider.ts';
import { mayPlace } from './place-activity.ts';
import { planReferences } from './plan-references.ts';

export const publishActivity: UseCase<typeof activities.publishActivity> = async (request) => {
  const { recordingUnitId, ...given } = request.body;
  const plan = { ...given, recordingUnitId: recordingUnitId ?? given.organisationId };
  const id = derivedId('activity', request.idempotency?.key ?? '');
  const { state, version } = await aggregate('activity').create(id, {
    request,
    authorise: () => mayPlace(request.actor, plan.organisationId, plan.areaId),
    prepare: async () => publish(plan, await planReferences(plan, plan.startsOn)),
  });
  return { body: { id, ...state, version }, version };
};
