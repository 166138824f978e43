import type * as z from 'zod';
import { nowhere } from '../html/page.ts';
import { serve } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { openSession } from '../session/session.ts';
import { campaignRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { closeCampaign } from './close-campaign.ts';
import { campaigns } from './contract.ts';
import { copyCampaign } from './copy-campaign.ts';
import { renderCopy } from './copy-page.ts';
import { openCampaign } from './open-campaign.ts';
import { renderCampaign } from './page.ts';
import { planCampaign } from './plan-campaign.ts';
import { renderPlanForm, renderReading } from './plan-page.ts';
import {
  confirmPlan,
  copyOnPage,
  copyPage,
  openCampaignPage,
  planPage,
  readPlanPage,
  reviseOnPage,
  revisePage,
} from './plan-pages.ts';
import { readPlan } from './read-plan.ts';
import { reviseCampaign } from './revise-campaign.ts';
import { renderRevise } from './revise-page.ts';

type Listed = z.output<typeof campaigns.listCampaigns.answer>['items'][number];

const readYear = async (year: string) => {
  const { state, version } = await aggregate('campaign').get(year);
  return { body: { ...state, version }, version };
};

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
    readCampaign: ({ params }) => readYear(params.year),
    planPage,
    readPlanPage,
    confirmPlan,
    campaignPage: ({ params }) => readYear(params.year),
    openCampaignPage,
    revisePage,
    reviseOnPage,
    copyPage,
    copyOnPage,
  },
  {
    readCampaign: { 'text/html': renderCampaign },
    planPage: { 'text/html': renderPlanForm },
    readPlanPage: { 'text/html': renderReading },
    confirmPlan: { 'text/html': nowhere },
    campaignPage: { 'text/html': renderCampaign },
    openCampaignPage: { 'text/html': nowhere },
    revisePage: { 'text/html': renderRevise },
    reviseOnPage: { 'text/html': nowhere },
    copyPage: { 'text/html': renderCopy },
    copyOnPage: { 'text/html': nowhere },
  },
  openSession,
);
