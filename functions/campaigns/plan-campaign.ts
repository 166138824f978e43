import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { campaigns } from './contract.ts';
import { plan } from './decider.ts';
import learnFromLeiFeng from './plans/learn-from-lei-feng.json' with { type: 'json' };
import { mayRun } from './policy.ts';

const plans = { 'learn-from-lei-feng': learnFromLeiFeng };

export const planCampaign: UseCase<typeof campaigns.planCampaign> = async (request) => {
  const { plan: planName, ...given } = request.body;
  const template = planName ? plans[planName] : undefined;
  const campaign = {
    year: given.year,
    title: given.title ?? template?.title ?? '',
    slogan: given.slogan || (template?.slogan ?? ''),
    responsibleId: given.responsibleId,
    themes: given.themes ?? template?.themes ?? [],
    routines: given.routines ?? template?.routines ?? [],
  };
  const { state, version } = await aggregate('campaign').create(String(campaign.year), {
    request,
    authorise: () => mayRun(request.actor),
    prepare: async () => plan(campaign),
  });
  return { body: { ...state, version }, version };
};

/** Plans another year with the themes and routines of this one. */
export const copyCampaign: UseCase<typeof campaigns.copyCampaign> = async (request) => {
  const { year } = request.body;
  const { state, version } = await aggregate('campaign').create(String(year), {
    request,
    authorise: () => mayRun(request.actor),
    prepare: async () => {
      const source = await aggregate('campaign').get(request.params.year);
      return plan({ ...source.state, year });
    },
  });
  return { body: { ...state, version }, version };
};
