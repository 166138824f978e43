import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { campaigns } from './contract.ts';
import { copyOf, type DroppedDate } from './copy.ts';
import { plan } from './decider.ts';
import { mayRun } from './policy.ts';

/** Plans another year with the themes and routines of this one. */
export const copyCampaign: UseCase<typeof campaigns.copyCampaign> = async (request) => {
  const { year } = request.body;
  let dropped: readonly DroppedDate[] = [];
  const { state, version, more } = await aggregate('campaign').create(String(year), {
    request,
    authorise: () => mayRun(request.actor),
    prepare: async () => {
      const source = await aggregate('campaign').get(request.params.year);
      const copy = copyOf(source.state, year);
      dropped = copy.datesDropped;
      return plan(copy.plan);
    },
    more: () => dropped,
  });
  return {
    body: { ...state, version, datesDropped: [...((more as typeof dropped | undefined) ?? [])] },
    version,
  };
};
