import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import type { campaigns } from './contract.ts';
import { copyCampaign } from './copy-campaign.ts';
import { revise } from './decider.ts';
import { openCampaign } from './open-campaign.ts';
import { planCampaign } from './plan-campaign.ts';
import { campaignOf, revisionOf } from './plan-form.ts';
import { mayRun } from './policy.ts';
import { reviseCampaign } from './revise-campaign.ts';

/** The page that takes the text of a plan is for those who may plan a year. */
export const planPage: UseCase<typeof campaigns.planPage> = async ({ actor }) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  return { body: {} };
};

/** Reads a text into a draft. The text goes back to its sender, without what names a person, and is not kept. */
export const readPlanPage: UseCase<typeof campaigns.readPlanPage> = async ({ actor, body }) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  const { proposeCampaign, readDraft, withoutPersonal } = await import('./plan-import.ts');
  const { text } = body;
  const draft = await readDraft(text);
  return { body: { draft, ...proposeCampaign(draft), text: withoutPersonal(text) } };
};

/** Plans the year of a draft that a person has mended, and shows its plan, where it is opened. */
export const confirmPlan: UseCase<typeof campaigns.confirmPlan> = async (request) => {
  const { body } = await planCampaign({ ...request, body: campaignOf(request.body) });
  return { body: {}, redirect: `/pages/campaigns/${body.year}` };
};

/** Opens a year, and shows its plan. */
export const openCampaignPage: UseCase<typeof campaigns.openCampaignPage> = async (request) => {
  await openCampaign({ ...request });
  return { body: {}, redirect: `/pages/campaigns/${request.params.year}` };
};

/** The plan of a year, for those who may run it. */
const planOf = async ({
  actor,
  params,
}: Pick<Request<typeof campaigns.copyPage>, 'actor' | 'params'>) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  return aggregate('campaign').get(params.year);
};

/** The page that revises a plan. @throws Rejection `illegal-transition` once it is closed */
export const revisePage: UseCase<typeof campaigns.revisePage> = async (request) => {
  const { state, version } = await planOf(request);
  revise(state, {});
  return { body: { ...state, version } };
};

/** Revises a plan as long as nobody revised it since the page was shown. Back to the plan then. */
export const reviseOnPage: UseCase<typeof campaigns.reviseOnPage> = async (request) => {
  const { state } = await planOf(request);
  const { version } = request.body;
  await reviseCampaign({ ...request, body: revisionOf(request.body, state), ifMatch: version });
  return { body: {}, redirect: `/pages/campaigns/${request.params.year}` };
};

export const copyPage: UseCase<typeof campaigns.copyPage> = async (request) => {
  const { state, version } = await planOf(request);
  return { body: { ...state, version } };
};

/** Copies a plan to another year, and shows the new plan. */
export const copyOnPage: UseCase<typeof campaigns.copyOnPage> = async (request) => {
  const { body } = await copyCampaign({ ...request });
  return { body: {}, redirect: `/pages/campaigns/${body.year}` };
};
