import * as z from 'zod';
import { areaId, uuid } from '../../events/envelope.ts';
import { changedFigure, period, periodName, restatement, stillOpen } from '../../events/periods.ts';
import { writtenParts } from '../../events/reports.ts';
import {
  aggregation,
  type Contract,
  month,
  nothing,
  paging,
  periodStanding,
  route,
  year,
} from '../http/contract.ts';

/** What can be open in a month, besides minutes. */
const openKind = stillOpen.omit({ waitingMinutes: true }).keyof();

const byMonth = z.strictObject({ month });
const byYear = z.strictObject({ year });

const ratioParts = z
  .object({
    numerator: z.number().nullable().describe('What is divided.'),
    denominator: z.number().nullable().describe('By what it is divided.'),
  })
  .meta({
    id: 'RatioParts',
    description: 'Of a ratio: its parts, null where they are not known.',
    examples: [{ numerator: 61, denominator: 64 }],
  });

const compared = z
  .object({
    unit: z.string().describe('The unit in English.'),
    unitZh: z.string().describe('The Chinese measure word.'),
    aggregation,
    closed: z.number().nullable().describe('Null when it is unknown, or not closed yet.'),
    current: z.number().nullable().describe('As of now; null when there is no line.'),
    closedEstimated: z
      .number()
      .nullable()
      .optional()
      .describe('The estimated value when it was closed, kept apart.'),
    currentEstimated: z.number().nullable().optional().describe('The estimated value now.'),
    closedParts: ratioParts.optional(),
    currentParts: ratioParts.optional(),
    differs: z.boolean().describe('Whether the closed figure and that of now differ.'),
  })
  .meta({ id: 'ComparedFigure', description: 'A figure when its period was closed, and now.' });

const shownRestatement = z
  .object({
    closedPeriod: restatement.shape.closedPeriod,
    madeOn: restatement.shape.madeOn,
    madeIn: restatement.shape.madeIn,
    cause: z.string().describe('The type of the event that changed the figures.'),
    role: restatement.shape.actor.shape.role,
    changes: z
      .array(changedFigure.extend({ hidden: z.literal(true).optional() }))
      .describe(
        'The numbers of a change of professional services are hidden, and the areas of all that changed by an activity.',
      ),
  })
  .meta({
    id: 'ShownRestatement',
    description: 'A change of a closed month, as anybody may see it.',
  });

const head = {
  period: periodName,
  status: periodStanding,
  version: z.int().nullable().describe('The version by which it was closed; null before.'),
  root: z
    .string()
    .nullable()
    .describe('The root of the Merkle tree over its leaves, SHA-256 in hex: see docs/verify.md.'),
  leafCount: z.int().nullable().describe('How many leaves it has; null before it is closed.'),
  closedAt: z.iso.datetime().nullable().describe('When its close was ordered.'),
  figures: z
    .record(z.string(), compared)
    .describe('Of the whole district, by metric: those that have a value, then or now.'),
};
const maxRestatements = 100;
const maxCounted = 250;
const counted = z
  .int()
  .max(maxCounted)
  .describe(`How many there are; ${maxCounted} stands for as many or more.`);
const restatements = z.array(shownRestatement).max(maxRestatements);

const closedMonth = z
  .object({
    ...head,
    open: stillOpen.nullable().describe('What was open when it was closed.'),
    restatements: restatements.describe(
      `What was changed in it since its close: the first ${maxRestatements}.`,
    ),
    restatementCount: counted,
    made: restatements.describe(
      `What was changed in closed months by what people did in this one: the first ${maxRestatements}. Its own figures do not contain it.`,
    ),
    madeCount: counted,
  })
  .meta({ id: 'ClosedMonth', description: 'Where a month stands, with its figures then and now.' });

const closedYear = z
  .object({
    ...head,
    months: z
      .array(
        z
          .object({ period: periodName, status: periodStanding })
          .meta({ id: 'MonthOfYear', description: 'Where a month of a year stands.' }),
      )
      .length(12),
    restatements: restatements.describe(
      `What was changed in its months since the close of the year, or since theirs while the year is open: the first ${maxRestatements}.`,
    ),
    restatementCount: counted,
  })
  .meta({ id: 'ClosedYear', description: 'Where a year stands, with its figures then and now.' });

const progress = z
  .object({
    step: z.enum(['reading', 'storing', 'checking']).describe('What it does now.'),
    rows: z.int().describe('Rows of the Ledger read.'),
  })
  .meta({ id: 'CloseProgress', description: 'How far a close has come.' })
  .nullable()
  .describe('Null while nothing is being closed.');

const prepared = z
  .object({
    period: periodName,
    status: periodStanding,
    open: stillOpen,
    stopped: z
      .boolean()
      .describe('Whether the last close stopped, because the Ledger says that something is open.'),
    progress,
  })
  .meta({
    id: 'PreparedMonth',
    description: 'What is still open in a month, for those who close it.',
  });

const preparedYear = z.object({
  period: periodName,
  status: periodStanding,
  months: z.array(
    z.object({
      period: periodName,
      status: periodStanding,
      isOver: z.boolean(),
      open: stillOpen.nullable().describe('Null once it is being closed.'),
      isEmpty: z.boolean(),
    }),
  ),
  unwritten: z
    .array(z.enum(writtenParts))
    .describe('The parts of the summary of the year that only a person can write, and nobody has.'),
  progress,
});

const ordered = z
  .object({ period: periodName, status: period.shape.status, version: z.int() })
  .meta({ id: 'OrderedClose', description: 'A close that was ordered. It takes a while.' });

const leaves = z
  .object({
    period: periodName,
    root: z.string().describe('The root over all leaves, SHA-256 in hex.'),
    leafCount: z.int().describe('How many leaves the period has.'),
    from: z.int().describe('The index of the first leaf of this page.'),
    leaves: z.array(z.string()).describe('The texts of the leaves, in order: RFC 8785 JSON.'),
    next: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
  })
  .meta({ id: 'LeafPage', description: 'A page of the leaves of a closed period.' });

const listed = z
  .object({
    items: z.array(restatement),
    next: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
  })
  .meta({ id: 'RestatementPage', description: 'Changes of closed months, with reason and actor.' });

const leafPage = z.strictObject({ cursor: paging.cursor });
const closeProblems = ['period-not-over', 'illegal-transition', 'stale-version'] as const;

export const periods = {
  readClosedMonth: route({
    key: 'GET /months/{month}',
    access: 'public',
    summary: {
      en: 'Where a month stands: its figures when it was closed, and now',
      zh: '月度关账情况',
    },
    params: byMonth,
    answer: closedMonth,
  }),
  readClosedYear: route({
    key: 'GET /years/{year}',
    access: 'public',
    summary: {
      en: 'Where a year stands: its figures when it was closed, and now',
      zh: '年度关账情况',
    },
    params: byYear,
    answer: closedYear,
  }),
  prepareMonth: route({
    key: 'GET /months/{month}/open',
    access: 'token',
    summary: {
      en: 'What is still open in a month, and how far its close has come',
      zh: '月度未办事项与关账进度',
    },
    params: byMonth,
    answer: prepared,
  }),
  closeMonth: route({
    key: 'POST /months/{month}/close',
    access: 'token',
    summary: { en: 'Close a month that is over', zh: '月度关账' },
    params: byMonth,
    body: z.strictObject({
      acceptOpen: z
        .boolean()
        .default(false)
        .describe('Close it although something is open; what is verified later is a restatement.'),
    }),
    status: 202,
    answer: ordered,
    versioned: true,
    problems: [...closeProblems, 'period-has-open-work'],
  }),
  closeYear: route({
    key: 'POST /years/{year}/close',
    access: 'token',
    summary: { en: 'Close a year whose months are closed', zh: '年度关账' },
    params: byYear,
    status: 202,
    answer: ordered,
    versioned: true,
    problems: [...closeProblems, 'months-not-closed'],
  }),
  listMonthRestatements: route({
    key: 'GET /months/{month}/restatements',
    access: 'token',
    summary: {
      en: 'Changes of closed months, with reason and actor: of this month, or made in it',
      zh: '月度更正明细',
    },
    params: byMonth,
    query: z.strictObject({
      by: z
        .enum(['closed', 'made'])
        .default('closed')
        .describe(
          '`closed`: changes of this month. `made`: changes made in this month, of others.',
        ),
      ...paging,
    }),
    answer: listed,
    problems: ['invalid-cursor'],
  }),
  listMonthLeaves: route({
    key: 'GET /months/{month}/leaves',
    access: 'token',
    summary: { en: 'All leaves of a closed month, to check it', zh: '导出已关账月份的全部明细' },
    params: byMonth,
    query: leafPage,
    answer: leaves,
    problems: ['not-found', 'invalid-cursor'],
  }),
  listYearLeaves: route({
    key: 'GET /years/{year}/leaves',
    access: 'token',
    summary: { en: 'All leaves of a closed year, to check it', zh: '导出已关账年度的全部明细' },
    params: byYear,
    query: leafPage,
    answer: leaves,
    problems: ['not-found', 'invalid-cursor'],
  }),
  monthClosePage: route({
    key: 'GET /pages/months/{month}/close',
    access: 'session',
    summary: { en: 'What is still open in a month, and closing it', zh: '月度关账' },
    params: byMonth,
    only: 'text/html',
    answer: prepared.extend({ isOver: z.boolean() }),
  }),
  openPage: route({
    key: 'GET /pages/months/{month}/open',
    access: 'session',
    summary: { en: 'What of one kind is still open in a month', zh: '月度未办事项' },
    params: byMonth,
    query: z.strictObject({ what: openKind }),
    only: 'text/html',
    answer: z.object({
      period: periodName,
      what: openKind,
      things: z.array(
        z.object({
          kind: z.enum(['sheet', 'activity']),
          id: z.string(),
          organisationId: uuid.nullable(),
          areaId,
          count: z.int(),
        }),
      ),
      others: z.int().describe('How much is open beside these.'),
    }),
  }),
  closeMonthPage: route({
    key: 'POST /pages/months/{month}/close',
    access: 'session',
    summary: { en: 'Close a month', zh: '月度关账' },
    params: byMonth,
    body: z.strictObject({ acceptOpen: z.literal('true').optional() }),
    only: 'text/html',
    again: 'monthClosePage',
    answer: nothing,
  }),
  yearClosePage: route({
    key: 'GET /pages/years/{year}/close',
    access: 'session',
    summary: { en: 'Where the months of a year stand, and closing it', zh: '年度关账' },
    params: byYear,
    only: 'text/html',
    answer: preparedYear,
  }),
  closeYearPage: route({
    key: 'POST /pages/years/{year}/close',
    access: 'session',
    summary: { en: 'Close a year whose months are closed', zh: '年度关账' },
    params: byYear,
    only: 'text/html',
    again: 'yearClosePage',
    answer: nothing,
  }),
  closeEmptyMonths: route({
    key: 'POST /pages/years/{year}/close-empty-months',
    access: 'session',
    summary: { en: 'Close the months of a year that have nothing in them', zh: '空白月份关账' },
    params: byYear,
    only: 'text/html',
    again: 'yearClosePage',
    answer: nothing,
  }),
} satisfies Contract;
