import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { define, localDate, responsibleId, text, textOrNone, themeKey, uuid } from './envelope.ts';

/** Who takes part in a theme, and as what: 牵头, 责任, 配合 and 参与单位 of a plan. */
const unitRoles = ['lead', 'responsible', 'cooperating', 'participating'] as const;

/**
 * A unit that a plan names. Many are no organisation of the district (`党员`, `青年志愿者`), so the name is
 * always there, and the id only where it is one.
 */
const unit = z
  .object({
    name: text(200).describe(
      'As the plan writes it, or the name of the organisation at that time.',
    ),
    organisationId: uuid
      .nullable()
      .describe('The organisation of the district that it is; null when it is none.'),
  })
  .meta({ id: 'Unit', description: 'A unit that a plan names.' });

export const themeUnit = unit
  .extend({
    role: z.enum(unitRoles).meta({
      id: 'UnitRole',
      description:
        'What the unit does for the theme: 牵头 lead, 责任 responsible, 配合 cooperating, 参与 participating.',
    }),
  })
  .meta({ id: 'ThemeUnit', description: 'A unit of a theme, and what it does for it.' });

/** A calendar month, 1–12. */
const calendarMonth = z.int().min(1).max(12);

/** One theme of the year: a subject of one or more months, and perhaps of days in them. */
export const theme = z
  .object({
    key: themeKey,
    title: text(80),
    months: z
      .array(calendarMonth)
      .min(1)
      .max(12)
      .describe('The calendar months that it is planned for, ascending.'),
    dates: z
      .array(localDate)
      .max(60)
      .describe('The days that it is planned for, ascending, each in one of the months.'),
    units: z
      .array(themeUnit)
      .max(20)
      .describe('Who leads it, answers for it, cooperates and takes part.'),
    audience: textOrNone(200),
    content: textOrNone(400),
  })
  .meta({ id: 'Theme', description: 'A theme of the year, planned for one or more months.' });

/** A service that goes on all year beside the themes. */
export const routine = z
  .object({ key: themeKey, title: text(80) })
  .meta({ id: 'Routine', description: 'A service that goes on all year beside the themes.' });

export const campaign = z
  .object({
    year: z.int().min(2000).max(2999),
    title: text(120),
    slogan: textOrNone(120),
    responsibleId: responsibleId
      .nullable()
      .describe('The person in charge, by opaque id; null until named.'),
    responsibleUnit: unit
      .nullable()
      .describe('The unit that answers for the year; null until named.'),
    themes: z.array(theme).min(1).max(24),
    routines: z.array(routine).max(24),
    status: z.enum(['planned', 'open', 'closed']).meta({
      id: 'CampaignStatus',
      description: 'Activities are published while it is open; it is revised until it is closed.',
    }),
  })
  .meta({ id: 'CampaignState', description: 'The plan of a year after an event.' });
export type Campaign = Readonly<z.infer<typeof campaign>>;
export type Theme = Campaign['themes'][number];

const example: Campaign = {
  year: 2025,
  title: '2025年学雷锋志愿服务活动',
  slogan: '传承雷锋精神，弘扬爱岗敬业、无私奉献',
  responsibleId: null,
  responsibleUnit: { name: '红旗街道办事处', organisationId: null },
  themes: [
    {
      key: 'FREE_CLINIC',
      title: '义诊',
      months: [3, 10],
      dates: ['2025-03-05', '2025-10-18'],
      units: [
        {
          name: '红旗社区卫生服务中心',
          organisationId: '0198c0de-0000-7000-8000-0000000000a1',
          role: 'lead',
        },
        { name: '社区医务人员', organisationId: null, role: 'participating' },
      ],
      audience: '居民',
      content: '测血压、测血糖、健康手册、咨询',
    },
  ],
  routines: [{ key: 'TRAFFIC_COURTESY', title: '文明交通劝导' }],
  status: 'planned',
};

const opened: Campaign = { ...example, status: 'open' };

export const campaignEvents = {
  CampaignPlanned: define(aggregates.campaign, {
    summary: { en: 'A year was planned: themes and routines', zh: '年度活动方案已制定' },
    data: z.object({ campaign }),
    example: { campaign: example },
  }),
  CampaignRevised: define(aggregates.campaign, {
    summary: { en: 'The plan of a year was revised', zh: '年度活动方案已修订' },
    data: z.object({ campaign }),
    example: { campaign: { ...opened, slogan: '学习雷锋好榜样' } },
  }),
  CampaignOpened: define(aggregates.campaign, {
    summary: { en: 'The year was opened for activities', zh: '年度活动已启动' },
    data: z.object({ campaign }),
    example: { campaign: opened },
  }),
  CampaignClosed: define(aggregates.campaign, {
    summary: {
      en: 'The plan of a year was closed: no more activities are published in it',
      zh: '年度活动方案已关闭，不再发布活动',
    },
    data: z.object({ campaign }),
    example: { campaign: { ...example, status: 'closed' } },
  }),
};
