import type { UseCase } from '../http/serve.ts';
import { execute } from '../ledger/execute.ts';
import type { campaigns } from './contract.ts';
import { evolve, open } from './decider.ts';
import { mayRun } from './policy.ts';

export const openCampaign: UseCase<typeof campaigns.openCampaign> = async (request) => {
  const { state, version } = await execute({
    stream: { type: 'campaign', id: request.params.year },
    evolve,
    request,
    authorise: () => mayRun(request.actor),
    decide: open,
  });
  return { body: { ...state, version }, version };
};
