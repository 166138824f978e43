import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

const planned = { ...catalogue.CampaignPlanned.example.campaign, version: 1 };
const { title, slogan, responsibleUnit, themes, routines } = planned;

export const campaigns = {
  bodies: {
    planCampaign: { year: 2025, title, slogan, responsibleUnit, themes, routines },
    reviseCampaign: { slogan: catalogue.CampaignRevised.example.campaign.slogan },
    copyCampaign: { year: 2026 },
  },
  answers: {
    planCampaign: planned,
    listCampaigns: {
      items: [
        {
          id: '2025',
          year: 2025,
          title,
          slogan,
          status: 'open',
          themes: themes.length,
          routines: routines.length,
          version: 2,
        },
      ],
      next: null,
    },
    readCampaign: planned,
    reviseCampaign: { ...catalogue.CampaignRevised.example.campaign, version: 3 },
    openCampaign: { ...planned, status: 'open', version: 2 },
    closeCampaign: { ...planned, status: 'closed', version: 4 },
    copyCampaign: {
      ...planned,
      year: 2026,
      title: '2026年学雷锋志愿服务活动',
      themes: themes.map((theme) => ({ ...theme, dates: ['2026-03-05', '2026-10-18'] })),
      datesDropped: [],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['campaigns']>;
