import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

const planned = { ...catalogue.CampaignPlanned.example.campaign, version: 1 };
const { title, slogan, responsibleUnit, themes, routines } = planned;

const text =
  '2025年学雷锋志愿服务活动方案\n一、活动主题:邻里守望\n二、活动内容\n1、义诊\n时间:10月18日\n责任单位:社区卫生服务站\n(1)测血压\n(2)测血糖\n2、清洁家园行动\n每个社区至少20人参加。\n3、每周三开展文明交通劝导\n4、开展\n';
const at = (start: number, end: number) => ({ start, end });

export const campaigns = {
  bodies: {
    readPlan: { text },
    planCampaign: { year: 2025, title, slogan, responsibleUnit, themes, routines },
    reviseCampaign: { slogan: catalogue.CampaignRevised.example.campaign.slogan },
    copyCampaign: { year: 2026 },
    readPlanPage: { text },
    confirmPlan: {
      ...{ text, year: '2025', title },
      themes: [{ key: 'THEME_01', title: '义诊', months: ['3', '10'] }],
    },
    reviseOnPage: {
      ...{ version: '1', title },
      themes: [{ key: 'THEME_01', title: '义诊', months: ['3', '10'] }],
    },
    copyOnPage: { year: '2026' },
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
            content: null,
            audience: null,
            units: [{ name: '社区卫生服务站', role: 'responsible', span: at(56, 63) }],
            kind: 'activity',
            sub: [
              { title: '测血压', span: at(67, 70) },
              { title: '测血糖', span: at(74, 77) },
            ],
          },
          {
            title: '清洁家园行动',
            span: at(80, 86),
            when: null,
            whenBasis: null,
            whenSpans: [],
            content: null,
            audience: null,
            units: [],
            kind: 'activity',
            sub: [],
          },
        ],
        routines: [{ title: '文明交通劝导', recurrence: '每周三', span: at(107, 113) }],
        targets: [{ text: '每个社区至少20人', value: 20, unit: '人', span: at(87, 96) }],
        notes: [{ text: '开展', span: at(116, 118) }],
        warnings: [
          { code: 'MONTH_MISSING', span: at(80, 86) },
          { code: 'QUOTA_FOUND', span: at(87, 96) },
        ],
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
            audience: '',
            content: '',
            units: [{ name: '社区卫生服务站', role: 'responsible' }],
          },
          {
            ...{ key: 'THEME_02', title: '清洁家园行动', months: null, dates: [] },
            ...{ audience: '', content: '', units: [] },
          },
        ],
        routines: [{ key: 'ROUTINE_01', title: '文明交通劝导' }],
      },
      draftThemes: [0, 1],
      questions: [{ pointer: '/themes/1/months', code: 'MONTHS' }],
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
