import { claimFor } from '../access/theme-claims.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { yearOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import type { activities } from './contract.ts';
import { publish } from './decider.ts';
import { mayPlace, placedIn } from './place-activity.ts';
import { planReferences } from './plan-references.ts';

export const publishActivity: UseCase<typeof activities.publishActivity> = async (request) => {
  const { recordingUnitId, ...given } = request.body;
  const plan = { ...given, recordingUnitId: recordingUnitId ?? given.organisationId };
  const id = derivedId('activity', request.idempotency?.key ?? '');
  let claim: readonly AlsoWrite[] = [];
  const { state, version } = await aggregate('activity').create(id, {
    request,
    authorise: () => mayPlace(request.actor, plan.organisationId, plan.areaId),
    prepare: async () => {
      const campaign = await planReferences(plan, plan);
      const fact = publish(await placedIn(plan), campaign?.state);
      claim = await claimFor(yearOf(plan.startsOn), plan.theme, campaign?.version ?? 0);
      return fact;
    },
    alsoWrite: async () => claim,
  });
  return { body: { id, ...state, version }, version };
};
