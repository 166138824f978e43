import type { Campaign } from '../../events/campaigns.ts';
import type { DomainEvent, Fact } from '../../events/catalogue.ts';
import { Rejection } from '../shared/decision.ts';

export const evolve = (state: Campaign | null, event: DomainEvent): Campaign => {
  switch (event.type) {
    case 'CampaignPlanned':
    case 'CampaignOpened':
      return event.data.campaign;
    default:
      throw new Error(`${event.type} is not an event of a campaign (${state?.year})`);
  }
};

export const plan = (campaign: Omit<Campaign, 'status'>): Fact<'CampaignPlanned'> => ({
  type: 'CampaignPlanned',
  data: { campaign: { ...campaign, status: 'planned' } },
});

/** @throws Rejection `illegal-transition` unless it is planned */
export const open = (campaign: Campaign): Fact<'CampaignOpened'> => {
  if (campaign.status !== 'planned')
    throw new Rejection('illegal-transition', { status: campaign.status, action: 'open' });
  return { type: 'CampaignOpened', data: { campaign: { ...campaign, status: 'open' } } };
};

/** The keys an activity of the year may name: its themes and its routine services. */
export const plannedKeys = (campaign: Campaign): readonly string[] =>
  [...campaign.themes, ...campaign.routines].map(({ key }) => key);
