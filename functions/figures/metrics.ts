import { measureOf, type OutputDefinition, outputs, scaleOf } from '../../events/outputs.ts';
import { qualityMetrics } from './quality-metrics.ts';
import { dependsOnDay, type Ratio } from './ratio.ts';

/** How a figure is computed from its lines. */
export type Aggregation = 'sum' | 'distinct' | 'last' | 'ratio';

/** The lines behind a figure: each is the newest snapshot of one of these. */
export type LineKind = 'sheet' | 'activity' | 'person' | 'partner' | 'volunteer' | 'team';

/** Why a figure is unknown although there may be something to count. */
export const reasons = [
  'not-by-theme',
  'not-by-organisation',
  'not-recorded',
  'small-cell',
] as const;
export type Reason = (typeof reasons)[number];

export interface Metric {
  readonly zh: string;
  readonly en: string;
  readonly unit: string;
  /** The Chinese measure word. */
  readonly unitZh: string;
  /** How many of the measure make up one unit; one unless it is said. Measures are whole numbers. */
  readonly scale?: 1 | 10;
  readonly aggregation: Aggregation;
  /** The measure that holds estimates, apart from counted figures. */
  readonly estimated?: string;
  /** What is divided by what; of the aggregation `ratio` only. */
  readonly ratio?: Ratio;
  readonly lines: LineKind;
}

/**
 * The metrics of DOMAIN.md §5 for which there are events. A new metric is an entry here, or among those of
 * the quality, and a measure.
 */
const base = {
  activitiesPublished: {
    zh: '发布活动',
    en: 'activities published',
    unit: 'sessions',
    unitZh: '场次',
    aggregation: 'sum',
    lines: 'activity',
  },
  activitiesHeld: {
    zh: '开展活动',
    en: 'activities held',
    unit: 'sessions',
    unitZh: '场次',
    aggregation: 'sum',
    lines: 'activity',
  },
  participations: {
    zh: '参与志愿者人次',
    en: 'participations',
    unit: 'person-times',
    unitZh: '人次',
    aggregation: 'sum',
    lines: 'sheet',
  },
  distinctVolunteers: {
    zh: '参与志愿者人数',
    en: 'volunteers who took part',
    unit: 'persons',
    unitZh: '人',
    aggregation: 'distinct',
    lines: 'person',
  },
  partyMemberParticipations: {
    zh: '党员人次',
    en: 'participations of Party members',
    unit: 'person-times',
    unitZh: '人次',
    aggregation: 'sum',
    lines: 'sheet',
  },
  onDutyParticipations: {
    zh: '在岗人次',
    en: 'participations on duty',
    unit: 'person-times',
    unitZh: '人次',
    aggregation: 'sum',
    lines: 'sheet',
  },
  creditedMinutes: {
    zh: '服务时长',
    en: 'credited time',
    unit: 'minutes',
    unitZh: '分钟',
    aggregation: 'sum',
    lines: 'sheet',
  },
  pendingMinutes: {
    zh: '待核时长',
    en: 'time waiting to be verified',
    unit: 'minutes',
    unitZh: '分钟',
    aggregation: 'sum',
    lines: 'sheet',
  },
  beneficiaries: {
    zh: '服务群众',
    en: 'beneficiaries',
    unit: 'person-times',
    unitZh: '人次',
    aggregation: 'sum',
    lines: 'activity',
    estimated: 'beneficiariesEstimated',
  },
  volunteersRegistered: {
    zh: '新增注册志愿者',
    en: 'volunteers registered',
    unit: 'persons',
    unitZh: '人',
    aggregation: 'sum',
    lines: 'volunteer',
  },
  registeredVolunteers: {
    zh: '期末注册志愿者',
    en: 'registered volunteers at the end',
    unit: 'persons',
    unitZh: '人',
    aggregation: 'last',
    lines: 'volunteer',
  },
  teamsFormed: {
    zh: '新组建志愿服务队',
    en: 'teams formed',
    unit: 'teams',
    unitZh: '支',
    aggregation: 'sum',
    lines: 'team',
  },
  teams: {
    zh: '期末志愿服务队',
    en: 'teams at the end',
    unit: 'teams',
    unitZh: '支',
    aggregation: 'last',
    lines: 'team',
  },
  partners: {
    zh: '共建单位',
    en: 'partners',
    unit: 'organisations',
    unitZh: '家',
    aggregation: 'distinct',
    lines: 'partner',
  },
  ...qualityMetrics,
} as const satisfies Record<string, Metric>;

const outputMetrics = (
  definitions: Readonly<Record<string, OutputDefinition>>,
): Readonly<Record<string, Metric>> =>
  Object.fromEntries(
    Object.entries(definitions).map(([key, words]) => [
      measureOf(key, 'counted'),
      {
        ...words,
        scale: scaleOf(key),
        aggregation: 'sum',
        lines: 'activity',
        estimated: measureOf(key, 'estimated'),
      } as const,
    ]),
  );

/** The metrics that every dashboard shows, even when their value is unknown. */
export const baseMetrics: Readonly<Record<string, Metric>> = base;

/** Kept, because a dashboard asks once for each of its parts, and settings never change at run time. */
const known = new WeakMap<object, Readonly<Record<string, Metric>>>();

/** The common metrics and the district's own outputs. */
export const metricsOf = (
  own: Readonly<Record<string, OutputDefinition>>,
): Readonly<Record<string, Metric>> => {
  const metrics = known.get(own) ?? { ...base, ...outputMetrics({ ...outputs, ...own }) };
  known.set(own, metrics);
  return metrics;
};

/**
 * Whether a metric says how things stand on the day on which it is asked for, whatever the period. What a
 * period was closed with is then of another day, and cannot be compared.
 */
export const isOfDay = ({ ratio }: Metric): boolean => ratio !== undefined && dependsOnDay(ratio);
