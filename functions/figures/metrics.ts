import { type OutputDefinition, outputs } from '../../events/outputs.ts';

/** How a figure comes about, and so what adding its lines means. */
export type Aggregation = 'sum' | 'distinct' | 'last';

interface Figure {
  readonly zh: string;
  readonly en: string;
  readonly unit: string;
  readonly aggregation: Aggregation;
  /** The measure that estimates are kept in, apart from what was counted. */
  readonly estimated?: string;
  /** `last` metrics: the measure that is summed from the beginning. */
  readonly running?: string;
}

/** The lines behind a figure are contributions of a kind. */
interface OfContributions extends Figure {
  readonly lines: 'hours.pending' | 'hours.verified' | 'activity' | 'volunteer' | 'team';
}

/** Each that is present is a line. */
interface OfPresences extends Figure {
  readonly lines: 'presence';
  /** Whether those that are counted are people, whom not everybody may know. */
  readonly members: 'persons' | 'things';
}

export type Metric = OfContributions | OfPresences;

/** DOMAIN.md §5, as far as there are events that tell. A new metric is an entry here and a measure. */
const base = {
  activitiesPublished: {
    zh: '发布活动',
    en: 'activities published',
    unit: 'sessions',
    aggregation: 'sum',
    lines: 'activity',
  },
  activitiesHeld: {
    zh: '开展活动',
    en: 'activities held',
    unit: 'sessions',
    aggregation: 'sum',
    lines: 'presence',
    members: 'things',
  },
  participations: {
    zh: '参与志愿者人次',
    en: 'participations',
    unit: 'person-times',
    aggregation: 'sum',
    lines: 'hours.verified',
  },
  distinctVolunteers: {
    zh: '参与志愿者人数',
    en: 'volunteers who took part',
    unit: 'persons',
    aggregation: 'distinct',
    lines: 'presence',
    members: 'persons',
  },
  partyMemberParticipations: {
    zh: '党员人次',
    en: 'participations of Party members',
    unit: 'person-times',
    aggregation: 'sum',
    lines: 'hours.verified',
  },
  creditedMinutes: {
    zh: '服务时长',
    en: 'credited time',
    unit: 'minutes',
    aggregation: 'sum',
    lines: 'hours.verified',
  },
  pendingMinutes: {
    zh: '待核时长',
    en: 'time waiting to be verified',
    unit: 'minutes',
    aggregation: 'sum',
    lines: 'hours.pending',
  },
  beneficiaries: {
    zh: '服务群众',
    en: 'beneficiaries',
    unit: 'person-times',
    aggregation: 'sum',
    lines: 'activity',
    estimated: 'beneficiariesEstimated',
  },
  volunteersRegistered: {
    zh: '新增注册志愿者',
    en: 'volunteers registered',
    unit: 'persons',
    aggregation: 'sum',
    lines: 'volunteer',
  },
  registeredVolunteers: {
    zh: '期末注册志愿者',
    en: 'registered volunteers at the end',
    unit: 'persons',
    aggregation: 'last',
    lines: 'volunteer',
    running: 'volunteersRegistered',
  },
  teamsFormed: {
    zh: '新组建志愿服务队',
    en: 'teams formed',
    unit: 'teams',
    aggregation: 'sum',
    lines: 'team',
  },
  teams: {
    zh: '期末志愿服务队',
    en: 'teams at the end',
    unit: 'teams',
    aggregation: 'last',
    lines: 'team',
    running: 'teamsFormed',
  },
  partners: {
    zh: '共建单位',
    en: 'partners',
    unit: 'organisations',
    aggregation: 'distinct',
    lines: 'presence',
    members: 'things',
  },
} as const satisfies Record<string, Metric>;

const outputMetrics = (
  definitions: Readonly<Record<string, OutputDefinition>>,
): Readonly<Record<string, Metric>> =>
  Object.fromEntries(
    Object.entries(definitions).map(([key, { zh, en, unit }]) => [
      `outputs.${key}`,
      { zh, en, unit, aggregation: 'sum', lines: 'activity' } as const,
    ]),
  );

/** The metrics every dashboard shows, known or not. */
export const baseMetrics: Readonly<Record<string, Metric>> = base;

/** A dashboard asks once for each of its parts; settings do not change while a function lives. */
const known = new WeakMap<object, Readonly<Record<string, Metric>>>();

/** All metrics of a district that counts these outputs beside the common ones. */
export const metricsOf = (
  own: Readonly<Record<string, OutputDefinition>>,
): Readonly<Record<string, Metric>> => {
  const metrics = known.get(own) ?? { ...base, ...outputMetrics({ ...outputs, ...own }) };
  known.set(own, metrics);
  return metrics;
};

/** Measures that are also kept from the beginning of time, for a figure at the end of a period. */
export const runningMeasures: ReadonlySet<string> = new Set(
  Object.values<Metric>(base).flatMap(({ running }) => running ?? []),
);
