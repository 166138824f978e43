import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { organisations } from './contract.ts';
import { reviseOrganisation as decide } from './decider.ts';
import { mayDefine } from './policy.ts';

export const reviseOrganisation: UseCase<typeof organisations.reviseOrganisation> = async (
  request,
) => {
  const { areaId } = request.body;
  const { state, version } = await aggregate('organisation').execute(request.params.id, {
    request,
    authorise: () => mayDefine(request.actor),
    decide: async (current) => {
      const fact = decide(current, request.body);
      if (fact && areaId && areaId !== current.areaId)
        await aggregate('area').referenceEventually(areaId, '#/areaId');
      return fact;
    },
  });
  return { body: { ...state, version }, version };
};
