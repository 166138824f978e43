import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

const planned = { ...catalogue.CampaignPlanned.example.campaign, version: 1 };
const { title, slogan, responsibleUnit, themes, routines } = planned;

const text =
  '2025年学雷锋志愿服务活动方案\n一、活动主题:邻里守望\n二、活动内容\n1、义诊\n时间:10月18日\n责任单位:社区卫生服务站\n';
const at = (start: number, end: number) => ({ start, end });

export const campaigns = {
  bodies: {
    readPlan: { text },
    planCampaign: { year: 2025, title, slogan, responsibleUnit, themes, routines },
    reviseCampaign: { slogan: catalogue.CampaignRevised.example.campaign.slogan },
    copyCampaign: { year: 2026 },
  },
  answers: {
    readPlan: {
      draft: {
        year: 2025,
        yearBasis: 'title',
        yearSpans: [at(0, 5)],
        window: null,
        title: { text: '2025年学雷锋志愿服务活动方案', span: at(0, 16) },
        slogan: { text: '邻里守望', span: at(24, 28) },
        issuer: null,
        themes: [
          {
            title: '义诊',
            span: at(38, 40),
            when: { dates: ['2025-10-18'] },
            whenBasis: 'stated',
            whenSpans: [at(44, 50)],
            units: [{ name: '社区卫生服务站', role: 'responsible', span: at(56, 63) }],
            kind: 'activity',
            sub: [],
          },
        ],
        routines: [],
        targets: [],
        notes: [],
        warnings: [],
      },
      proposal: {
        year: 2025,
        title: '2025年学雷锋志愿服务活动方案',
        slogan: '邻里守望',
        themes: [
          {
            key: 'THEME_01',
            title: '义诊',
            months: [10],
            dates: ['2025-10-18'],
            units: [{ name: '社区卫生服务站', role: 'responsible' }],
            theme: 0,
          },
        ],
        routines: [],
      },
      questions: [],
      text: null,
    },
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
