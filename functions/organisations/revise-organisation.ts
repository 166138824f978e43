import type { UseCase } from '../http/serve.ts';
import { execute } from '../ledger/execute.ts';
import { existing } from '../ledger/references.ts';
import type { organisations } from './contract.ts';
import { reviseOrganisation as decide, evolveOrganisation } from './decider.ts';
import { mayDefine } from './policy.ts';

export const reviseOrganisation: UseCase<typeof organisations.reviseOrganisation> = async (
  request,
) => {
  const { areaId } = request.body;
  const { state, version } = await execute({
    stream: { type: 'organisation', id: request.params.id },
    evolve: evolveOrganisation,
    request,
    authorise: () => mayDefine(request.actor),
    decide: async (current) => {
      const fact = decide(current, request.body);
      if (fact && areaId && areaId !== current.areaId) await existing('area', areaId, '#/areaId');
      return fact;
    },
  });
  return { body: { ...state, version }, version };
};
