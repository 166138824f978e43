import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

const planned = { ...catalogue.CampaignPlanned.example.campaign, version: 1 };
const [theme] = planned.themes;

export const campaigns = {
  bodies: {
    planCampaign: {
      year: 2025,
      title: '学雷锋志愿服务活动',
      slogan: '传承雷锋精神，弘扬爱岗敬业、无私奉献',
      themes: theme ? [theme] : [],
      routines: planned.routines,
    },
    copyCampaign: { year: 2026 },
  },
  answers: {
    planCampaign: planned,
    readCampaign: planned,
    openCampaign: { ...planned, status: 'open', version: 2 },
    copyCampaign: { ...planned, year: 2026 },
  },
} satisfies ExamplesOf<(typeof contracts)['campaigns']>;
