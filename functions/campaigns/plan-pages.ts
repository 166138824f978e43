import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import type { campaigns } from './contract.ts';
import { openCampaign } from './open-campaign.ts';
import { planCampaign } from './plan-campaign.ts';
import { campaignOf } from './plan-form.ts';
import { readDraft } from './plan-reader.ts';
import { withoutPersonal } from './plan-text/personal.ts';
import { mayRun } from './policy.ts';
import { proposeCampaign } from './propose-campaign.ts';

/** The page that takes the text of a plan is for those who may plan a year. */
export const planPage: UseCase<typeof campaigns.planPage> = async ({ actor }) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  return { body: {} };
};

/** Reads a text into a draft. The text goes back to its sender, without what names a person, and is not kept. */
export const readPlanPage: UseCase<typeof campaigns.readPlanPage> = async ({ actor, body }) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  const { text } = body;
  const draft = await readDraft(text);
  return { body: { draft, ...proposeCampaign(draft), text: withoutPersonal(text) } };
};

/** Plans the year of a draft that a person has mended, and shows its plan. */
export const confirmPlan: UseCase<typeof campaigns.confirmPlan> = async (request) => {
  const { body } = await planCampaign({ ...request, body: campaignOf(request.body) });
  return { body: {}, redirect: `/campaigns/${body.year}` };
};

/** Opens a year, and shows its plan. */
export const openCampaignPage: UseCase<typeof campaigns.openCampaignPage> = async (request) => {
  await openCampaign({ ...request });
  return { body: {}, redirect: `/pages/campaigns/${request.params.year}` };
};
