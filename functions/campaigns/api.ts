import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { campaigns } from './contract.ts';
import { openCampaign } from './open-campaign.ts';
import { copyCampaign, planCampaign } from './plan-campaign.ts';

export const handler = serve(campaigns, {
  planCampaign,
  openCampaign,
  copyCampaign,
  readCampaign: async ({ params }) => {
    const { state, version } = await aggregate('campaign').get(params.year);
    return { body: { ...state, version }, version };
  },
});
