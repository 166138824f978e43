import type { Campaign } from '../../events/campaigns.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import type { campaigns } from './contract.ts';
import { plan } from './decider.ts';
import { namedUnits } from './named-units.ts';
import learnFromLeiFeng from './plans/learn-from-lei-feng.json' with { type: 'json' };
import { mayRun } from './policy.ts';

type Included = Pick<Campaign, 'title' | 'slogan' | 'themes' | 'routines'>;
const plans = { 'learn-from-lei-feng': learnFromLeiFeng as Included };

export const planCampaign: UseCase<typeof campaigns.planCampaign> = async (request) => {
  const { plan: planName, year, ...given } = request.body;
  const template = planName && plans[planName];
  const { state, version } = await aggregate('campaign').create(String(year), {
    request,
    authorise: () => mayRun(request.actor),
    prepare: async () => {
      const { responsibleUnit = null, themes } = await namedUnits(given);
      return plan({
        year,
        title: given.title ?? template?.title ?? '',
        slogan: given.slogan || (template?.slogan ?? ''),
        responsibleId: given.responsibleId,
        responsibleUnit,
        themes: themes ?? template?.themes ?? [],
        routines: given.routines ?? template?.routines ?? [],
      });
    },
  });
  return { body: { ...state, version }, version };
};
