import type { UseCase } from '../http/serve.ts';
import { commandBy } from '../ledger/command.ts';
import { create, get } from '../ledger/execute.ts';
import type { campaigns } from './contract.ts';
import { evolve, plan } from './decider.ts';
import learnFromLeiFeng from './plans/learn-from-lei-feng.json' with { type: 'json' };
import { mayRun } from './policy.ts';

const plans = { 'learn-from-lei-feng': learnFromLeiFeng };
const stream = (year: number | string) => ({ type: 'campaign', id: String(year) });

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
  const command = commandBy(mayRun(request.actor), request);
  const { state, version } = await create(
    stream(campaign.year),
    evolve,
    async () => plan(campaign),
    command,
  );
  return { body: { ...state, version }, version };
};

/** Next year begins from this one: the same themes and routines, planned anew. */
export const copyCampaign: UseCase<typeof campaigns.copyCampaign> = async (request) => {
  const command = commandBy(mayRun(request.actor), request);
  const source = await get(stream(request.params.year), evolve);
  const { state, version } = await create(
    stream(request.body.year),
    evolve,
    async () => plan({ ...source.state, year: request.body.year }),
    command,
  );
  return { body: { ...state, version }, version };
};
