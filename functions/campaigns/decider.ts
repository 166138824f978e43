import type { Campaign } from '../../events/campaigns.ts';
import type { Fact } from '../../events/catalogue.ts';
import { Rejection } from '../refusals/decision.ts';

/** @throws Rejection `invalid-value` when two themes or routine services have the same key */
export const plan = (campaign: Omit<Campaign, 'status'>): Fact<'CampaignPlanned'> => {
  const keys = [...campaign.themes, ...campaign.routines].map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new Rejection(
      'invalid-value',
      { zh: `${twice} 重复。`, en: `${twice} is there twice.` },
      campaign.themes.filter(({ key }) => key === twice).length > 1 ? '#/themes' : '#/routines',
    );
  return { type: 'CampaignPlanned', data: { campaign: { ...campaign, status: 'planned' } } };
};

/** @throws Rejection `illegal-transition` unless it is planned */
export const open = (campaign: Campaign): Fact<'CampaignOpened'> => {
  if (campaign.status !== 'planned')
    throw new Rejection('illegal-transition', { status: campaign.status, action: 'open' });
  return { type: 'CampaignOpened', data: { campaign: { ...campaign, status: 'open' } } };
};
