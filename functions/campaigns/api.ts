import { serve } from '../http/serve.ts';
import { get } from '../ledger/execute.ts';
import { campaigns } from './contract.ts';
import { evolve } from './decider.ts';
import { openCampaign } from './open-campaign.ts';
import { copyCampaign, planCampaign } from './plan-campaign.ts';

export const handler = serve(campaigns, {
  planCampaign,
  openCampaign,
  copyCampaign,
  readCampaign: async ({ params }) => {
    const { state, version } = await get({ type: 'campaign', id: params.year }, evolve);
    return { body: { ...state, version }, version };
  },
});
