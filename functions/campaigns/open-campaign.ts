import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { campaigns } from './contract.ts';
import { open } from './decider.ts';
import { mayRun } from './policy.ts';

export const openCampaign: UseCase<typeof campaigns.openCampaign> = async (request) => {
  const { state, version } = await aggregate('campaign').execute(request.params.year, {
    request,
    authorise: () => mayRun(request.actor),
    decide: open,
  });
  return { body: { ...state, version }, version };
};
