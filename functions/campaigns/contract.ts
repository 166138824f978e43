import * as z from 'zod';
import { campaign, routine, theme } from '../../events/campaigns.ts';
import { uuid } from '../../events/envelope.ts';
import { type Contract, route, year } from '../http/contract.ts';
import { chosenId, officialText, officialTextOrNone } from '../http/official-text.ts';

const answer = campaign.extend({ version: z.int() }).meta({
  id: 'Campaign',
  description: 'The plan of a year: its themes by month, and the routine services.',
});
const yearNumber = z.int().min(2000).max(2999);
/** The plans included in leifeng, by name. */
const planNames = ['learn-from-lei-feng'] as const;

const newTheme = z
  .strictObject({
    ...theme.shape,
    key: chosenId(theme.shape.key),
    title: officialText(80),
    lead: officialTextOrNone(200),
    audience: officialTextOrNone(200),
    content: officialTextOrNone(400),
  })
  .meta({ id: 'ThemeInput', description: 'A theme of the year, planned for one calendar month.' });
const newRoutine = z
  .strictObject({
    key: chosenId(routine.shape.key),
    title: officialText(80),
  })
  .meta({ id: 'RoutineInput', description: 'A service that goes on all year beside the themes.' });

const newCampaign = z
  .strictObject({
    year: yearNumber,
    plan: z.enum(planNames).optional(),
    title: officialText(120).optional(),
    slogan: officialTextOrNone(120).default(''),
    responsibleId: uuid.nullable().default(null),
    themes: z.array(newTheme).min(1).max(24).optional(),
    routines: z.array(newRoutine).max(24).optional(),
  })
  .refine(({ plan, title, themes }) => plan !== undefined || (title && themes), {
    path: ['plan'],
    message: '需要 plan，或 title 与 themes / plan, or title and themes, is required',
  });

export const campaigns = {
  planCampaign: route({
    key: 'POST /campaigns',
    access: 'token',
    summary: {
      en: 'Plan a year, from a plan that comes with leifeng or from your own themes',
      zh: '制定年度活动方案',
    },
    body: newCampaign,
    status: 201,
    answer,
    versioned: true,
    problems: ['already-exists', 'invalid-value'],
  }),
  readCampaign: route({
    key: 'GET /campaigns/{year}',
    access: 'public',
    summary: { en: 'The plan of a year', zh: '查看年度活动方案' },
    params: z.strictObject({ year }),
    answer,
    versioned: true,
    problems: ['not-found'],
  }),
  openCampaign: route({
    key: 'POST /campaigns/{year}/open',
    access: 'token',
    summary: { en: 'Open the year for activities', zh: '启动年度活动' },
    params: z.strictObject({ year }),
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version'],
  }),
  copyCampaign: route({
    key: 'POST /campaigns/{year}/copy',
    access: 'token',
    summary: { en: 'Plan another year from this one', zh: '以本年度方案制定新年度方案' },
    params: z.strictObject({ year }),
    body: z.strictObject({ year: yearNumber }),
    status: 201,
    answer,
    versioned: true,
    problems: ['not-found', 'already-exists'],
  }),
} satisfies Contract;
