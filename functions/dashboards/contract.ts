import * as z from 'zod';
import { areaId, themeKey, uuid } from '../../events/envelope.ts';
import { reasons } from '../figures/metrics.ts';
import {
  aggregation,
  type Contract,
  month,
  periodStanding,
  queryInteger,
  route,
  year,
} from '../http/contract.ts';
import { lineKinds, maxParts } from './line.ts';

const within = z
  .literal('only')
  .describe('`only`: the area alone. By default an area means itself and all areas below it.');
const metricName = z.string().min(1).max(80).meta({
  id: 'MetricName',
  description:
    'The name of a metric: those of leifeng, and `outputs.` with the key of an output of the district.',
});
const ratioParts = {
  numerator: z
    .number()
    .nullable()
    .optional()
    .describe('Of a ratio: what is divided. Null when the denominator is 0 or unknown.'),
  denominator: z
    .number()
    .nullable()
    .optional()
    .describe('Of a ratio: by what it is divided. Null when that is 0 or unknown.'),
};
const figure = z
  .object({
    value: z
      .number()
      .nullable()
      .describe(
        'Null when there is no line; that is not 0. Whole, but for kilograms and ratios, which have one decimal.',
      ),
    unit: z.string(),
    unitZh: z.string().describe('The Chinese measure word.'),
    aggregation,
    estimated: z
      .number()
      .nullable()
      .optional()
      .describe('The estimated value, kept apart from the counted one.'),
    ...ratioParts,
    usual: z
      .object({
        least: z.number().describe('The least of them.'),
        most: z.number().describe('The most of them.'),
      })
      .meta({ id: 'UsualValues', description: 'Where the value of a ratio usually lies.' })
      .optional(),
    isUnusual: z
      .boolean()
      .optional()
      .describe('Whether the value lies elsewhere. Somebody should look; nothing follows from it.'),
    closed: z
      .number()
      .nullable()
      .optional()
      .describe('The value with which the period was closed, where it is another.'),
    closedEstimated: z
      .number()
      .nullable()
      .optional()
      .describe(
        'The estimated value with which it was closed, where value or estimate is another.',
      ),
    reason: z
      .enum(reasons)
      .optional()
      .describe(
        'Why the value is null: what is counted has no theme, is not counted by organisation, or is not recorded by anybody yet; or it is a small figure of a professional service by area, or one from which such a figure could be worked out.',
      ),
  })
  .meta({ id: 'Figure', description: 'A figure with its unit. Null is unknown, and never 0.' });
const metrics = z
  .record(metricName, figure)
  .meta({ id: 'Figures', description: 'Figures by the name of their metric.' });

const calendarMonths = z.array(z.int().min(1).max(12));
const count = z.int().nullable();
const themeDone = z
  .object({
    key: themeKey,
    title: z.string().nullable().describe('Null for a theme that is not in the plan.'),
    monthsPlanned: calendarMonths
      .nullable()
      .describe(
        'The months that the theme is planned for. Null for a routine service, which goes on all year, and for a theme that is not in the plan.',
      ),
    monthsHeld: calendarMonths.describe('The months of the period in which an activity was held.'),
    monthsOutsidePlan: calendarMonths.describe('Those of `monthsHeld` that are not planned.'),
    activitiesPublished: count.describe('Activities that were published and not cancelled.'),
    activitiesHeld: count.describe('Activities that were held, as the metric of this name.'),
    participations: count.describe('Person-times, as the metric of this name.'),
    creditedMinutes: count.describe('Minutes that count, as the metric of this name.'),
  })
  .meta({
    id: 'ThemeDone',
    description: 'What was done for a theme or routine service. Null is unknown, and never 0.',
  });
const planAgainstDone = z
  .object({
    themes: z
      .array(themeDone)
      .describe(
        'In the order of the plan. Of a month: the themes that are planned for it, or have figures in it.',
      ),
    routines: z.array(themeDone).describe('The routine services, in the order of the plan.'),
    notPlanned: z
      .array(themeDone)
      .describe('Themes that have figures and are not in the plan, by key.'),
    withoutActivity: z
      .array(themeKey)
      .describe('The keys of those of `themes` and `routines` of which no activity was held.'),
  })
  .meta({
    id: 'PlanAgainstDone',
    description: 'The plan of the year beside what was done, of the areas that were asked for.',
  });

const dashboard = z
  .object({
    period: z.string(),
    filter: z
      .object({
        areaId: areaId.nullable(),
        within: within.nullable(),
        theme: themeKey.nullable(),
        organisationId: uuid.nullable(),
        teamId: uuid.nullable(),
      })
      .meta({ id: 'DashboardFilter', description: 'What was asked for; null for what was not.' }),
    status: periodStanding,
    asOf: z.iso
      .datetime()
      .nullable()
      .describe('When the newest event in the figures was recorded; null when there is none.'),
    metrics,
    breakdown: z.object({
      area: z
        .record(z.string(), metrics)
        .describe(
          'Each area directly below the one asked for, with all that lies below it; and, under its own id, the area asked for alone. For all areas: those that lie in no other. Parts without figures are left out.',
        ),
      theme: z
        .record(z.string(), metrics)
        .describe('Each theme that has figures; none when a theme is asked for.'),
    }),
    plan: planAgainstDone
      .nullable()
      .describe(
        'The plan beside what was done; of a theme alone when one is asked for. Null when the year has no plan.',
      ),
  })
  .meta({
    id: 'Dashboard',
    description: 'The figures of a month or a year, whole and by area and theme.',
  });

const part = z
  .object({
    id: z.string(),
    version: z.int().nullable().describe('Of a sheet: read it by `?version=`.'),
  })
  .meta({
    id: 'LinePart',
    description: 'What a line is made of: a sheet of a person, an activity of a partner.',
  });

const line = z
  .object({
    id: z.string().describe('For readers who may not see who it is, a pseudonym.'),
    kind: z.enum(lineKinds).meta({ id: 'LineKind', description: 'What a line is made of.' }),
    month: z.string().nullable(),
    areaId: areaId.nullable().describe('Null when the line may have several.'),
    theme: themeKey.nullable(),
    organisationId: uuid.nullable(),
    teamId: uuid.nullable(),
    value: z
      .number()
      .nullable()
      .describe('Null in a line that gives only an estimate, or the parts of a ratio.'),
    estimated: z.number().optional(),
    numerator: z.number().optional().describe('What the line adds to the numerator of a ratio.'),
    denominator: z
      .number()
      .optional()
      .describe('What the line adds to the denominator of a ratio.'),
    version: z
      .int()
      .nullable()
      .describe(
        'The version behind the line: read a sheet at this version by `GET /sheets/{id}?version=`. Null where lines have none.',
      ),
    parts: z
      .array(part)
      .max(maxParts)
      .optional()
      .describe(`The sheets of a person, the activities of a partner; the first ${maxParts}.`),
    partCount: z.int().optional(),
  })
  .meta({ id: 'Line', description: 'What one thing contributes to a figure.' });

const lines = z
  .object({
    period: z.string(),
    metric: metricName,
    unit: z.string(),
    unitZh: z.string(),
    value: z.number().nullable().describe('The figure that all lines add up to.'),
    estimated: z.number().nullable().optional(),
    ...ratioParts,
    asOf: z.iso.datetime().nullable(),
    restarted: z
      .boolean()
      .describe(
        'True when the documents changed since the page before: forget the earlier pages, this one is the first again.',
      ),
    items: z.array(line),
    next: z.string().nullable().describe('The cursor of the next page; null at the end.'),
  })
  .meta({ id: 'LinePage', description: 'A page of the lines behind a figure, beside the figure.' });

const theme = themeKey
  .optional()
  .describe('A theme or routine service of the year’s campaign, or one with figures; else 404.');
const filter = {
  areaId: areaId.optional().describe('An area; 404 when there is none.'),
  within: within.optional(),
  theme,
};
const unit = {
  organisationId: uuid.optional().describe('Who runs the activities. Staff only.'),
  teamId: uuid.optional().describe('The team that served. Staff only.'),
};
const publicQuery = z.strictObject({ ...filter, ...unit });

/** Lines of one answer: a month's sheets in all but the largest districts. */
const maxLines = 1000;
const linesQuery = z.strictObject({
  metric: metricName,
  ...filter,
  limit: queryInteger(1, maxLines).default(maxLines),
  cursor: z.string().min(1).max(400).optional(),
});

/** A page for people has fewer lines than an answer for a program. */
const linesPageQuery = linesQuery.extend({ limit: queryInteger(1, maxLines).default(100) });

const months = z.strictObject({ month });
const years = z.strictObject({ year });

export const dashboards = {
  readMonth: route({
    key: 'GET /dashboards/{month}',
    access: 'public',
    summary: { en: 'The figures of a month', zh: '月度看板' },
    params: months,
    query: publicQuery,
    answer: dashboard,
    also: ['text/html', 'text/csv'],
    problems: ['not-found', 'staff-only'],
  }),
  readYear: route({
    key: 'GET /totals/{year}',
    access: 'public',
    summary: { en: 'The figures of a year', zh: '年度合计' },
    params: years,
    query: publicQuery,
    answer: dashboard,
    also: ['text/html', 'text/csv'],
    problems: ['not-found', 'staff-only'],
  }),
  readMonthForStaff: route({
    key: 'GET /dashboards/{month}/staff',
    access: 'token',
    summary: {
      en: 'The figures of a month by organisation or team',
      zh: '月度看板（按组织、服务队）',
    },
    params: months,
    query: publicQuery,
    answer: dashboard,
    problems: ['not-found'],
  }),
  readYearForStaff: route({
    key: 'GET /totals/{year}/staff',
    access: 'token',
    summary: {
      en: 'The figures of a year by organisation or team',
      zh: '年度合计（按组织、服务队）',
    },
    params: years,
    query: publicQuery,
    answer: dashboard,
    problems: ['not-found'],
  }),
  listMonthLines: route({
    key: 'GET /dashboards/{month}/lines',
    access: 'token',
    summary: { en: 'What makes up a figure of a month, line by line', zh: '月度指标明细' },
    params: months,
    query: linesQuery,
    answer: lines,
    problems: ['not-found', 'invalid-cursor', 'unknown-metric'],
  }),
  listYearLines: route({
    key: 'GET /totals/{year}/lines',
    access: 'token',
    summary: { en: 'What makes up a figure of a year, line by line', zh: '年度指标明细' },
    params: years,
    query: linesQuery,
    answer: lines,
    problems: ['not-found', 'invalid-cursor', 'unknown-metric'],
  }),
  monthLinesPage: route({
    key: 'GET /pages/dashboards/{month}/lines',
    access: 'session',
    summary: { en: 'The lines behind a figure of a month', zh: '月度指标明细' },
    params: months,
    query: linesPageQuery,
    only: 'text/html',
    answer: lines,
  }),
  yearLinesPage: route({
    key: 'GET /pages/totals/{year}/lines',
    access: 'session',
    summary: { en: 'The lines behind a figure of a year', zh: '年度指标明细' },
    params: years,
    query: linesPageQuery,
    only: 'text/html',
    answer: lines,
  }),
} satisfies Contract;
