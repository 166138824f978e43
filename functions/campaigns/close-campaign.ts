import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { campaigns } from './contract.ts';
import { close } from './decider.ts';
import { mayRun } from './policy.ts';

/**
 * Closes the plan of a year. Whoever publishes an activity reads the plan in the Ledger: a request that read
 * it before the close still publishes, and none that comes after it.
 */
export const closeCampaign: UseCase<typeof campaigns.closeCampaign> = async (request) => {
  const { state, version } = await aggregate('campaign').execute(request.params.year, {
    request,
    authorise: () => mayRun(request.actor),
    decide: close,
  });
  return { body: { ...state, version }, version };
};
