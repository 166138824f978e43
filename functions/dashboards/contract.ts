import * as z from 'zod';
import { areaId, themeKey } from '../../events/envelope.ts';
import { type Contract, month, paging, route, year } from '../http/contract.ts';

const figure = z.object({
  /** Null when no line gives a value; this is not 0. Whole, but for kilograms with one decimal. */
  value: z.number().nullable(),
  unit: z.string(),
  /** The Chinese measure word. */
  unitZh: z.string(),
  aggregation: z.enum(['sum', 'distinct', 'last']),
  /** The estimated value, kept apart from the counted one. */
  estimated: z.number().nullable().optional(),
});
const metrics = z.record(z.string(), figure);

const dashboard = z.object({
  period: z.string(),
  filter: z.object({ area: areaId.nullable(), theme: themeKey.nullable() }),
  status: z.enum(['open', 'closed', 'restated']),
  /** When the newest event in the figures was recorded; null when there is none. */
  asOf: z.iso.datetime().nullable(),
  metrics,
  breakdown: z.object({
    area: z.record(z.string(), metrics),
    theme: z.record(z.string(), metrics),
  }),
});

const line = z.object({
  id: z.string(),
  /** `hours`, `activity`, `volunteer` or `team`; `presence` for a member that is counted once. */
  kind: z.string(),
  month: z.string(),
  area: z.string().nullable(),
  theme: z.string().nullable(),
  /** Null in a line that gives only an estimate. */
  value: z.number().nullable(),
  estimated: z.number().optional(),
  version: z.int().nullable(),
  recordedAt: z.iso.datetime().nullable(),
  /**
   * The current state behind the line, such as an entry's status, origin, and who entered and
   * verified it.
   */
  entry: z.record(z.string(), z.unknown()),
});

const lines = z.object({
  period: z.string(),
  metric: z.string(),
  unit: z.string(),
  unitZh: z.string(),
  items: z.array(line),
  next: z.string().nullable(),
});

const filter = { area: areaId.optional(), theme: themeKey.optional() };
const linesQuery = z.strictObject({ metric: z.string().min(1).max(80), ...filter, ...paging });

export const dashboards = {
  readMonth: route({
    key: 'GET /dashboards/{month}',
    access: 'public',
    summary: { en: 'The figures of a month', zh: '月度看板' },
    params: z.strictObject({ month }),
    query: z.strictObject(filter),
    answer: dashboard,
  }),
  readYear: route({
    key: 'GET /totals/{year}',
    access: 'public',
    summary: { en: 'The figures of a year', zh: '年度合计' },
    params: z.strictObject({ year }),
    query: z.strictObject(filter),
    answer: dashboard,
  }),
  listMonthLines: route({
    key: 'GET /dashboards/{month}/lines',
    access: 'token',
    summary: { en: 'What makes up a figure of a month, line by line', zh: '月度指标明细' },
    params: z.strictObject({ month }),
    query: linesQuery,
    answer: lines,
    problems: ['invalid-cursor', 'unknown-metric'],
  }),
  listYearLines: route({
    key: 'GET /totals/{year}/lines',
    access: 'token',
    summary: { en: 'What makes up a figure of a year, line by line', zh: '年度指标明细' },
    params: z.strictObject({ year }),
    query: linesQuery,
    answer: lines,
    problems: ['invalid-cursor', 'unknown-metric'],
  }),
} satisfies Contract;
