import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import { define, responsibleId, text, textOrNone, themeKey } from './envelope.ts';

/** One theme of the year; `month` is the calendar month (1–12) it is planned for. */
export const theme = z
  .object({
    key: themeKey,
    month: z.int().min(1).max(12),
    title: text(80),
    lead: textOrNone(200),
    audience: textOrNone(200),
    content: textOrNone(400),
  })
  .meta({ id: 'Theme', description: 'A theme of the year, planned for one calendar month.' });

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
    themes: z.array(theme).min(1).max(24),
    routines: z.array(routine).max(24),
    status: z
      .enum(['planned', 'open', 'closed'])
      .meta({ id: 'CampaignStatus', description: 'Activities are published while it is open.' }),
  })
  .meta({ id: 'CampaignState', description: 'The plan of a year after an event.' });
export type Campaign = Readonly<z.infer<typeof campaign>>;

const example: Campaign = {
  year: 2025,
  title: '学雷锋志愿服务活动',
  slogan: '传承雷锋精神，弘扬爱岗敬业、无私奉献',
  responsibleId: null,
  themes: [
    {
      key: 'FREE_CLINIC',
      month: 10,
      title: '义诊',
      lead: '社区医务人员',
      audience: '居民',
      content: '测血压、测血糖、健康手册、咨询',
    },
  ],
  routines: [{ key: 'TRAFFIC_COURTESY', title: '文明交通劝导' }],
  status: 'planned',
};

export const campaignEvents = {
  CampaignPlanned: define(aggregates.campaign, {
    summary: { en: 'A year was planned: themes and routines', zh: '年度活动方案已制定' },
    data: z.object({ campaign }),
    example: { campaign: example },
  }),
  CampaignOpened: define(aggregates.campaign, {
    summary: { en: 'The year was opened for activities', zh: '年度活动已启动' },
    data: z.object({ campaign }),
    example: { campaign: { ...example, status: 'open' } },
  }),
};
