import type { Metric } from './metrics.ts';

/** Participations of sheets that say how they were entered. Those of earlier sheets are left out. */
const assessed = { participations: 1, unassessed: -1 } as const;

/** Lines that were ever verified: those that are, and those that were taken back. */
const everVerified = {
  ...assessed,
  onDutyParticipations: 1,
  unassessedOnDuty: -1,
  withdrawn: 1,
} as const;

/**
 * How good the figures are. All of these are for people to look at: nothing is gated by them, and nobody
 * is ranked. docs/data-quality.md defines them.
 */
export const qualityMetrics = {
  // Nothing is recorded as evidence yet, so it is unknown, which is another thing than 0.
  evidenceShare: {
    zh: '有佐证的活动占比',
    en: 'activities held with evidence',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'activity',
    ratio: { numerator: null, denominator: { activitiesHeld: 1 }, times: 100 },
  },
  onTimeRecordShare: {
    zh: '按时记录占比',
    en: 'participations recorded within ten working days',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { ...assessed, late: -1 }, denominator: assessed, times: 100 },
  },
  correctionShare: {
    zh: '更正占比',
    en: 'verified entries that were corrected, rejected or voided later',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { correctedEntries: 1 }, denominator: everVerified, times: 100 },
  },
  correctedMinutes: {
    zh: '更正涉及时长',
    en: 'time of the entries changed after they were verified',
    unit: 'minutes',
    unitZh: '分钟',
    aggregation: 'sum',
    lines: 'sheet',
  },
  scanShare: {
    zh: '扫码签到占比',
    en: 'participations entered by scan',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { scan: 1 }, denominator: assessed, times: 100 },
  },
  leaderRollShare: {
    zh: '负责人签到表占比',
    en: 'participations entered from a leader’s roll',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: {
      numerator: { ...assessed, scan: -1, selfDeclared: -1, backEntry: -1, imported: -1 },
      denominator: assessed,
      times: 100,
    },
  },
  selfDeclaredShare: {
    zh: '本人申报占比',
    en: 'participations that volunteers declared themselves',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { selfDeclared: 1 }, denominator: assessed, times: 100 },
  },
  backEntryShare: {
    zh: '补录占比',
    en: 'participations entered later',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { backEntry: 1 }, denominator: assessed, times: 100 },
  },
  importShare: {
    zh: '导入占比',
    en: 'participations imported from elsewhere',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: { numerator: { imported: 1 }, denominator: assessed, times: 100 },
  },
  pendingAge: {
    zh: '待核记录平均等待天数',
    en: 'days for which entries wait on average',
    unit: 'days',
    unitZh: '天',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: {
      numerator: { waiting: 'day', waitingSince: -1 },
      denominator: { waiting: 1 },
      times: 1,
    },
  },
  exactHundredsShare: {
    zh: '服务群众为整百数的活动占比',
    en: 'activities whose counted beneficiaries are an exact hundred',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'activity',
    ratio: { numerator: { exactHundreds: 1 }, denominator: { beneficiaryReports: 1 }, times: 100 },
  },
  exactHundredsShareEstimated: {
    zh: '服务群众估计为整百数的活动占比',
    en: 'activities whose estimated beneficiaries are an exact hundred',
    unit: 'percent',
    unitZh: '%',
    aggregation: 'ratio',
    lines: 'activity',
    ratio: {
      numerator: { exactHundredsEstimated: 1 },
      denominator: { beneficiaryReportsEstimated: 1 },
      times: 100,
    },
  },
  outcomesWithoutOutputs: {
    zh: '未填报产出的活动',
    en: 'activities without reported outputs',
    unit: 'sessions',
    unitZh: '场次',
    aggregation: 'sum',
    lines: 'activity',
  },
  minutesPerParticipation: {
    zh: '人次平均服务时长',
    en: 'credited time of a participation on average',
    unit: 'minutes',
    unitZh: '分钟',
    aggregation: 'ratio',
    lines: 'sheet',
    ratio: {
      numerator: { creditedMinutes: 1 },
      denominator: { participations: 1 },
      times: 1,
      usual: { least: 60, most: 480 },
    },
  },
} as const satisfies Record<string, Metric>;
