import type * as z from 'zod';
import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { campaignRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { closeCampaign } from './close-campaign.ts';
import { campaigns } from './contract.ts';
import { copyCampaign } from './copy-campaign.ts';
import { openCampaign } from './open-campaign.ts';
import { renderCampaign } from './page.ts';
import { planCampaign } from './plan-campaign.ts';
import { readPlan } from './read-plan.ts';
import { reviseCampaign } from './revise-campaign.ts';

type Listed = z.output<typeof campaigns.listCampaigns.answer>['items'][number];

export const handler = serve(
  campaigns,
  {
    readPlan,
    planCampaign,
    reviseCampaign,
    openCampaign,
    closeCampaign,
    copyCampaign,
    listCampaigns: async ({ query }) => ({
      body: await listRows<Omit<Listed, 'id' | 'version'>>({
        index: 'items',
        partition: campaignRows,
        descending: true,
        ...query,
      }),
    }),
    readCampaign: async ({ params }) => {
      const { state, version } = await aggregate('campaign').get(params.year);
      return { body: { ...state, version }, version };
    },
  },
  { readCampaign: { 'text/html': renderCampaign } },
);
