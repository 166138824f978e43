import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { page } from './samples.ts';

const { period } = catalogue.MonthClosed.example;
const { restatement } = catalogue.PeriodRestated.example;
const root = period.closed?.root ?? '';
const ordered = { period: '2025-10', status: 'closing' as const, version: 1 };
const shown = {
  closedPeriod: restatement.closedPeriod,
  madeOn: restatement.madeOn,
  madeIn: restatement.madeIn,
  cause: restatement.cause.type,
  role: restatement.actor.role,
  changes: restatement.changes,
};
const head = {
  period: '2025-10',
  status: 'restated' as const,
  version: 2,
  root,
  leafCount: 4,
  closedAt: period.startedAt,
  figures: {
    creditedMinutes: {
      unit: 'minutes',
      unitZh: '分钟',
      aggregation: 'sum' as const,
      closed: 360,
      current: 180,
      differs: true,
    },
  },
};
const leaves = {
  period: '2025-10',
  root,
  leafCount: 1,
  from: 0,
  leaves: [
    '{"area":"hongqi-01","kind":"registration","month":"2025-10","new":1,"person":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","registered":1}',
  ],
  next: null,
};
const months = Array.from({ length: 12 }, (_, at) => ({
  period: `2025-${String(at + 1).padStart(2, '0')}`,
  status: at === 9 ? ('restated' as const) : ('closed' as const),
}));

export const periods = {
  bodies: { closeMonth: { acceptOpen: true }, closeMonthPage: { acceptOpen: 'true' } },
  answers: {
    readClosedMonth: {
      ...head,
      open: period.open,
      restatements: [shown],
      restatementCount: 1,
      made: [],
      madeCount: 0,
    },
    readClosedYear: {
      ...{ ...head, period: '2025', version: 2 },
      months,
      restatements: [shown],
      restatementCount: 1,
    },
    prepareMonth: {
      period: '2025-10',
      status: 'closing',
      open: period.open ?? {
        ...{ waitingEntries: 0, waitingMinutes: 0, openObjections: 0 },
        ...{ activitiesNotCompleted: 0, activitiesNotVerified: 0, overdueRecords: 0 },
      },
      stopped: false,
      progress: { step: 'reading', rows: 120_000 },
    },
    closeMonth: ordered,
    closeYear: { ...ordered, period: '2025' },
    listMonthRestatements: page(restatement),
    listMonthLeaves: leaves,
    listYearLeaves: {
      ...leaves,
      period: '2025',
      leaves: [`{"kind":"month","leaves":4,"month":"2025-10","root":"${root}","version":2}`],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['periods']>;
