import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import {
  actorId,
  areaId,
  define,
  envelope,
  localDate,
  stringKinds,
  themeKey,
  uuid,
} from './envelope.ts';

const code = (max: number) => z.string().max(max).register(stringKinds, { kind: 'code' });

/** A month or a year: `yyyy-mm` or `yyyy`. */
export const periodName = z
  .string()
  .regex(/^2\d{3}(-(0[1-9]|1[0-2]))?$/, '须为年或年月 / must be yyyy or yyyy-mm');

/** What is not done yet in a month. None of it stops anybody from closing who has seen it. */
export const stillOpen = z
  .object({
    waitingEntries: z.int().min(0).describe('Entries that nobody has verified.'),
    waitingMinutes: z.int().min(0).describe('Their credited minutes.'),
    openObjections: z.int().min(0).describe('Objections that nobody has answered.'),
    activitiesNotCompleted: z
      .int()
      .min(0)
      .describe('Activities whose outcome was not reported, or was sent back.'),
    activitiesNotVerified: z.int().min(0).describe('Reported outcomes that nobody has verified.'),
    overdueRecords: z
      .int()
      .min(0)
      .describe('Waiting entries more than ten working days after their day.'),
  })
  .meta({ id: 'StillOpen', description: 'What is not done yet in a month, as counts.' });
export type StillOpen = Readonly<z.infer<typeof stillOpen>>;

const noneOpen: StillOpen = {
  waitingEntries: 0,
  waitingMinutes: 0,
  openObjections: 0,
  activitiesNotCompleted: 0,
  activitiesNotVerified: 0,
  overdueRecords: 0,
};

const metricName = code(80).describe('The name of a metric, as dashboards have it.');
const lineArea = areaId.nullable().describe('The area alone; null for all areas.');
const lineTheme = themeKey.nullable().describe('Null for all themes.');

/** A closed figure in the unit of its metric. */
export const figureLine = z
  .object({
    metric: metricName,
    areaId: lineArea,
    theme: lineTheme,
    value: z.number().nullable().describe('Null when it is unknown.'),
    estimated: z.number().nullable().optional().describe('The estimated value, kept apart.'),
  })
  .meta({ id: 'FigureLine', description: 'A closed figure of all, of an area, or of a theme.' });
export type FigureLine = Readonly<z.infer<typeof figureLine>>;

const closed = z
  .object({
    run: uuid.describe('Names what was stored.'),
    root: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('The root of the Merkle tree over the leaves of the period, SHA-256 in hex.'),
    leafCount: z.int().min(0).describe('How many leaves it has.'),
    restatements: z
      .int()
      .min(0)
      .describe('Of a year: restatements of its months that are part of its closed figures.'),
    asOf: z.iso
      .datetime()
      .nullable()
      .describe('When the newest event in the figures was recorded; null when there is none.'),
    figures: z
      .array(figureLine)
      .describe(
        'The closed figures: of all, of each theme, and of each area alone. Professional services have no lines by area.',
      ),
    areasLeftOut: z
      .boolean()
      .describe('True when an event has no room for the areas, which are read from the API then.'),
  })
  .meta({ id: 'ClosedFigures', description: 'What a period was closed with.' });

/** A month or year that is closed, being closed, or was to be closed. */
export const period = z
  .object({
    period: periodName,
    status: z.enum(['open', 'closing', 'closed']).meta({
      id: 'PeriodStatus',
      description: '`open` again when closing stopped because something was open.',
    }),
    acceptOpen: z.boolean().describe('Whether it is closed although something is open.'),
    startedAt: z.iso.datetime().describe('When closing began.'),
    closedBy: actorId.describe('Who closes it.'),
    open: stillOpen
      .nullable()
      .describe('What the Ledger says was open; null while that is not known, and of a year.'),
    closed: closed.nullable().describe('Null until it is closed.'),
  })
  .meta({ id: 'PeriodState', description: 'A month or a year after an event.' });
export type Period = Readonly<z.infer<typeof period>>;
export type Closed = NonNullable<Period['closed']>;

/** What a closed figure differs by since. */
export const changedFigure = z
  .object({
    metric: metricName,
    areaId: lineArea,
    theme: lineTheme,
    delta: z
      .number()
      .nullable()
      .describe(
        'What is added, in the unit of the metric. Null where people or partners are counted, who may be others now, and of a ratio: old and new are in the figures.',
      ),
    estimated: z.number().optional().describe('What is added to the estimated value.'),
    numerator: z.int().optional().describe('Of a ratio: what is added to what is divided.'),
    denominator: z.int().optional().describe('Of a ratio: what is added to what divides.'),
  })
  .meta({ id: 'ChangedFigure', description: 'What a figure of a closed period changed by.' });
export type ChangedFigure = Readonly<z.infer<typeof changedFigure>>;

/** A change of figures of a month after its close. */
export const restatement = z
  .object({
    closedPeriod: periodName.describe('The closed month.'),
    madeOn: localDate.describe('The local date of the change.'),
    madeIn: periodName.describe('The month in which it was made.'),
    cause: z
      .object({
        type: code(60).describe('The type of the event that changed the figures.'),
        aggregate: z
          .object({
            type: code(40).describe('What kind of thing it is.'),
            id: z.string().max(100).register(stringKinds, { kind: 'id' }),
            version: z.int().min(1),
          })
          .meta({ id: 'CauseAggregate', description: 'What the event happened to.' }),
      })
      .meta({ id: 'RestatementCause', description: 'The event that changed the figures.' }),
    reason: z
      .string()
      .max(200)
      .register(stringKinds, { kind: 'text' })
      .nullable()
      .describe('The reason that the event gives; null when it gives none.'),
    actor: z
      .object({ role: envelope.shape.actor.shape.role, id: actorId })
      .meta({ id: 'RestatementActor', description: 'Who made the change.' }),
    changes: z.array(changedFigure).min(1),
    held: z
      .object({
        activityId: uuid,
        areaId,
        theme: themeKey,
        counts: z.boolean().describe('Whether it counts as held.'),
      })
      .nullable()
      .meta({
        id: 'HeldAfter',
        description:
          'Whether the activity counts as held now, and where; null when the change is of another kind.',
      }),
  })
  .meta({ id: 'RestatementState', description: 'A change of a closed month.' });
export type Restatement = Readonly<z.infer<typeof restatement>>;

const exampleRun = '0198c0de-0000-7000-8000-0000000000f8';
const closing: Period = {
  period: '2025-10',
  status: 'closing',
  acceptOpen: true,
  startedAt: '2025-11-14T02:00:00.000Z',
  closedBy: 'district-admin-1',
  open: null,
  closed: null,
};
const oneWaits: StillOpen = { ...noneOpen, waitingEntries: 1, waitingMinutes: 180 };
const line = (metric: string, value: number): FigureLine => ({
  metric,
  areaId: null,
  theme: null,
  value,
});
const closedExample: Period = {
  ...closing,
  status: 'closed',
  open: oneWaits,
  closed: {
    run: exampleRun,
    root: 'a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3',
    leafCount: 4,
    restatements: 0,
    asOf: '2025-11-03T06:00:00.000Z',
    figures: [
      line('activitiesHeld', 1),
      line('participations', 2),
      { metric: 'creditedMinutes', areaId: 'hongqi-01', theme: null, value: 360 },
      line('outputs.legalConsultations', 3),
    ],
    areasLeftOut: false,
  },
};
const yearClosing: Period = {
  ...closing,
  period: '2025',
  startedAt: '2026-01-20T02:00:00.000Z',
};

export const periodEvents = {
  MonthCloseStarted: define(aggregates.period, {
    summary: { en: 'A month is being closed', zh: '月度关账已开始' },
    data: z.object({ period }),
    example: { period: closing },
  }),
  MonthCloseStopped: define(aggregates.period, {
    summary: {
      en: 'A month stays open, because something in it is open that nobody has accepted',
      zh: '月度关账已中止：仍有未办事项',
    },
    data: z.object({ period }),
    example: { period: { ...closing, status: 'open', acceptOpen: false, open: oneWaits } },
  }),
  MonthClosed: define(aggregates.period, {
    summary: { en: 'A month was closed with these figures', zh: '月度已关账' },
    data: z.object({ period }),
    example: { period: closedExample },
  }),
  YearCloseStarted: define(aggregates.period, {
    summary: { en: 'A year is being closed', zh: '年度关账已开始' },
    data: z.object({ period }),
    example: { period: yearClosing },
  }),
  YearClosed: define(aggregates.period, {
    summary: { en: 'A year was closed with these figures', zh: '年度已关账' },
    data: z.object({ period }),
    example: {
      period: {
        ...closedExample,
        ...{ period: '2025', startedAt: yearClosing.startedAt, open: null },
      },
    },
  }),
  PeriodRestated: define(aggregates.restatement, {
    summary: { en: 'Figures of a closed month changed', zh: '已关账月份数据更正' },
    data: z.object({ restatement }),
    example: {
      restatement: {
        closedPeriod: '2025-10',
        madeOn: '2025-12-02',
        madeIn: '2025-12',
        cause: {
          type: 'HoursVoided',
          aggregate: {
            type: 'sheet',
            id: '0198c0de-0000-7000-8000-0000000000b1~2025-10-18~1',
            version: 4,
          },
        },
        reason: '重复录入',
        actor: { role: 'district-admin', id: 'district-admin-1' },
        changes: [
          { metric: 'participations', areaId: 'hongqi-01', theme: 'FREE_CLINIC', delta: -1 },
          { metric: 'creditedMinutes', areaId: 'hongqi-01', theme: 'FREE_CLINIC', delta: -180 },
          { metric: 'distinctVolunteers', areaId: 'hongqi-01', theme: 'FREE_CLINIC', delta: null },
        ],
        held: null,
      },
    },
  }),
};
