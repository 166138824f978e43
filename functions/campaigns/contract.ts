import * as z from 'zod';
import { campaign, routine, theme, themeUnit } from '../../events/campaigns.ts';
import { themeKey, uuid } from '../../events/envelope.ts';
import { bytes, type Contract, nothing, pageOf, paging, route, year } from '../http/contract.ts';
import { chosenId, officialText, officialTextOrNone } from '../http/official-text.ts';
import { copyForm, planForm, revisionForm } from './plan-form.ts';
import { draftThemes, maxPlanCharacters, planText, proposal, question } from './plan-shapes.ts';
import { draft } from './plan-text/draft.ts';

const answer = campaign.extend({ version: z.int() }).meta({
  id: 'Campaign',
  description: 'The plan of a year: its themes with their months, and the routine services.',
});
const yearNumber = z.int().min(2000).max(2999);
/** The plans included in leifeng, by name. */
const planNames = ['learn-from-lei-feng'] as const;

const named = {
  name: officialText(200)
    .optional()
    .describe('What the plan calls it; without it the name of the organisation.'),
  organisationId: uuid
    .nullable()
    .default(null)
    .describe('The organisation of the district that it is.'),
};
const isNamed = (given: { readonly name?: string | undefined; organisationId: string | null }) =>
  given.name !== undefined || given.organisationId !== null;
const needsName = {
  path: ['name'],
  message: '须填写单位名称或 organisationId / needs a name or an organisationId',
};
const newUnit = z
  .strictObject(named)
  .refine(isNamed, needsName)
  .meta({ id: 'UnitInput', description: 'A unit, by its name, as an organisation, or both.' });
const newThemeUnit = z
  .strictObject({ ...named, role: themeUnit.shape.role })
  .refine(isNamed, needsName)
  .meta({ id: 'ThemeUnitInput', description: 'A unit of a theme, and what it does for it.' });

const newTheme = z
  .strictObject({
    key: chosenId(theme.shape.key),
    title: officialText(80),
    months: theme.shape.months
      .optional()
      .describe('The calendar months, 1–12, in any order; without them those of the dates.'),
    dates: theme.shape.dates
      .default([])
      .describe('Days of the year, in any order, each in one of the months.'),
    units: z.array(newThemeUnit).max(20).default([]),
    audience: officialTextOrNone(200).default(''),
    content: officialTextOrNone(400).default(''),
  })
  .refine(({ months, dates }) => months !== undefined || dates.length > 0, {
    path: ['months'],
    message: '须填写月份（months）或日期（dates） / needs months or dates',
  })
  .meta({
    id: 'ThemeInput',
    description: 'A theme of the year, by its months, its dates, or both.',
  });
const newRoutine = z
  .strictObject({
    key: chosenId(routine.shape.key),
    title: officialText(80),
  })
  .meta({ id: 'RoutineInput', description: 'A service that goes on all year beside the themes.' });

const described = {
  title: officialText(120),
  slogan: officialTextOrNone(120),
  responsibleId: uuid.nullable(),
  responsibleUnit: newUnit.nullable(),
  themes: z.array(newTheme).min(1).max(24),
  routines: z.array(newRoutine).max(24),
};

const newCampaign = z
  .strictObject({
    year: yearNumber,
    plan: z.enum(planNames).optional(),
    title: described.title.optional(),
    slogan: described.slogan.default(''),
    responsibleId: described.responsibleId.default(null),
    responsibleUnit: described.responsibleUnit.default(null),
    themes: described.themes.optional(),
    routines: described.routines.optional(),
  })
  .refine(({ plan, title, themes }) => plan !== undefined || (title && themes), {
    path: ['plan'],
    message: '需要 plan，或 title 与 themes / plan, or title and themes, is required',
  });

const listed = z
  .object({
    id: year.describe('The year, as the path names it.'),
    ...campaign.pick({ year: true, title: true, slogan: true, status: true }).shape,
    themes: z.int().describe('How many themes it has.'),
    routines: z.int().describe('How many routine services it has.'),
    version: z.int(),
  })
  .meta({ id: 'CampaignSummary', description: 'A year in the list of plans.' });

const copied = answer.extend({
  datesDropped: z
    .array(
      z.object({ theme: themeKey, date: theme.shape.dates.element }).meta({
        id: 'DroppedDate',
        description: 'A day of a theme that the new year lacks.',
        examples: [{ theme: 'FREE_CLINIC', date: '2024-02-29' }],
      }),
    )
    .describe('29 February of the plan that was copied, where the new year has none.'),
});

const byYear = z.strictObject({ year });
const readPlanAnswer = z
  .object({
    draft,
    proposal,
    draftThemes,
    questions: z.array(question).describe('What a person must decide; empty when nothing is open.'),
    text: z
      .string()
      .nullable()
      .describe(
        'The text of the file, to which the spans refer, with ＊ for what names a person; null when the text was sent as JSON.',
      ),
  })
  .meta({ id: 'ReadPlan', description: 'What was read from a plan. Nothing is stored.' });

export const campaigns = {
  readPlan: route({
    key: 'POST /plans',
    access: 'token',
    summary: {
      en: 'Read the text of a plan into a draft of a campaign; nothing is stored',
      zh: '识别方案文本，生成活动方案草稿；不保存任何内容',
    },
    body: bytes,
    // JSON with the text, a DOCX document or plain text: its first bytes say what it is.
    file: { mediaTypes: ['application/json', '*/*'], maxBytes: 4 * 1024 * 1024, holds: planText },
    answer: readPlanAnswer,
    problems: ['unreadable-file', 'malformed-json', 'invalid-request', 'body-too-large'],
  }),
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
    problems: ['already-exists', 'invalid-value', 'unknown-reference'],
  }),
  listCampaigns: route({
    key: 'GET /campaigns',
    access: 'public',
    summary: { en: 'The plans of all years, newest year first', zh: '年度活动方案列表' },
    query: z.strictObject(paging),
    answer: pageOf(listed),
    problems: ['invalid-cursor'],
  }),
  readCampaign: route({
    key: 'GET /campaigns/{year}',
    access: 'public',
    summary: { en: 'The plan of a year', zh: '查看年度活动方案' },
    params: byYear,
    answer,
    also: ['text/html'],
    versioned: true,
    problems: ['not-found'],
  }),
  reviseCampaign: route({
    key: 'PATCH /campaigns/{year}',
    access: 'token',
    summary: {
      en: 'Change the plan of a year until it is closed; a theme in which an activity was published stays',
      zh: '修订年度活动方案（关闭前；已发布过活动的主题须保留）',
    },
    params: byYear,
    body: z
      .strictObject(described)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    answer,
    versioned: true,
    problems: [
      'not-found',
      'illegal-transition',
      'stale-version',
      'invalid-value',
      'unknown-reference',
      'theme-in-use',
    ],
  }),
  openCampaign: route({
    key: 'POST /campaigns/{year}/open',
    access: 'token',
    summary: { en: 'Open the year for activities', zh: '启动年度活动' },
    params: byYear,
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version'],
  }),
  closeCampaign: route({
    key: 'POST /campaigns/{year}/close',
    access: 'token',
    summary: {
      en: 'Close the plan of a year: it stays as it is, and no more activities are published in it',
      zh: '关闭年度活动方案（不再修订，不再发布活动）',
    },
    params: byYear,
    answer,
    versioned: true,
    problems: ['not-found', 'illegal-transition', 'stale-version'],
  }),
  copyCampaign: route({
    key: 'POST /campaigns/{year}/copy',
    access: 'token',
    summary: {
      en: 'Plan another year from this one; title, slogan and dates take the new year',
      zh: '以本年度方案制定新年度方案（名称、口号和日期改为新年度）',
    },
    params: byYear,
    body: z.strictObject({ year: yearNumber }),
    status: 201,
    answer: copied,
    versioned: true,
    problems: ['not-found', 'already-exists', 'invalid-value'],
  }),
  planPage: route({
    key: 'GET /pages/plans',
    access: 'session',
    summary: { en: 'Hand in the text of a plan', zh: '导入年度方案' },
    only: 'text/html',
    answer: nothing,
  }),
  readPlanPage: route({
    key: 'POST /pages/plans',
    access: 'session',
    summary: { en: 'See the text of a plan with the draft beside it', zh: '核对年度方案' },
    body: z.strictObject({ text: z.string().max(maxPlanCharacters) }),
    // It is read and not kept, so numbers of people in it are no reason to refuse it.
    personal: ['text'],
    only: 'text/html',
    again: 'planPage',
    answer: readPlanAnswer.extend({ text: z.string() }),
  }),
  confirmPlan: route({
    key: 'POST /pages/plans/confirm',
    access: 'session',
    summary: { en: 'Plan the year of a draft', zh: '确认并建立年度活动' },
    body: planForm,
    personal: ['text'],
    only: 'text/html',
    again: 'planPage',
    answer: nothing,
  }),
  campaignPage: route({
    key: 'GET /pages/campaigns/{year}',
    access: 'session',
    summary: { en: 'The plan of a year, and opening it', zh: '年度方案与启动' },
    params: byYear,
    only: 'text/html',
    answer,
  }),
  openCampaignPage: route({
    key: 'POST /pages/campaigns/{year}/open',
    access: 'session',
    summary: { en: 'Open the year for activities', zh: '启动年度活动' },
    params: byYear,
    only: 'text/html',
    again: 'campaignPage',
    answer: nothing,
  }),
  revisePage: route({
    key: 'GET /pages/campaigns/{year}/revise',
    access: 'session',
    summary: { en: 'The plan of a year in the form that revises it', zh: '修订年度方案（表单）' },
    params: byYear,
    only: 'text/html',
    answer,
  }),
  reviseOnPage: route({
    key: 'POST /pages/campaigns/{year}/revise',
    access: 'session',
    summary: { en: 'Revise the plan of a year', zh: '修订年度方案' },
    params: byYear,
    body: revisionForm,
    only: 'text/html',
    again: 'revisePage',
    answer: nothing,
  }),
  copyPage: route({
    key: 'GET /pages/campaigns/{year}/copy',
    access: 'session',
    summary: { en: 'The form that copies the plan of a year', zh: '复制年度方案（表单）' },
    params: byYear,
    only: 'text/html',
    answer,
  }),
  copyOnPage: route({
    key: 'POST /pages/campaigns/{year}/copy',
    access: 'session',
    summary: { en: 'Copy the plan of a year to another year', zh: '复制年度方案到新年度' },
    params: byYear,
    body: copyForm,
    only: 'text/html',
    again: 'copyPage',
    answer: nothing,
  }),
} satisfies Contract;
