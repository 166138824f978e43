import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { at, ids, sheet } from './samples.ts';

const minutes = {
  value: 180,
  unit: 'minutes',
  unitZh: '分钟',
  aggregation: 'sum' as const,
};
const metrics = {
  creditedMinutes: minutes,
  beneficiaries: {
    value: 80,
    unit: 'person-times',
    unitZh: '人次',
    aggregation: 'sum' as const,
    estimated: 200,
  },
  minutesPerParticipation: {
    value: 180,
    numerator: 180,
    denominator: 1,
    usual: { least: 60, most: 480 },
    isUnusual: false,
    unit: 'minutes',
    unitZh: '分钟',
    aggregation: 'ratio' as const,
  },
};
const month = {
  period: '2025-10',
  filter: { areaId: 'hongqi', within: null, theme: null, organisationId: null, teamId: null },
  status: 'open' as const,
  asOf: at,
  metrics,
  breakdown: { area: { 'hongqi-01': metrics }, theme: { FREE_CLINIC: metrics } },
  plan: {
    themes: [
      {
        key: 'FREE_CLINIC',
        title: '义诊',
        monthsPlanned: [3, 10],
        monthsHeld: [10],
        monthsOutsidePlan: [],
        activitiesPublished: 1,
        activitiesHeld: 1,
        participations: 1,
        creditedMinutes: 180,
      },
    ],
    routines: [],
    notPlanned: [],
    withoutActivity: [],
  },
};
const ofOrganisation = {
  ...month,
  filter: { ...month.filter, organisationId: ids.organisation },
};
const lines = {
  period: '2025-10',
  metric: 'creditedMinutes',
  unit: 'minutes',
  unitZh: '分钟',
  value: 180,
  asOf: at,
  restarted: false,
  items: [
    {
      id: sheet,
      kind: 'sheet' as const,
      month: '2025-10',
      areaId: 'hongqi-01',
      theme: 'FREE_CLINIC',
      organisationId: ids.organisation,
      teamId: null,
      value: 180,
      version: 2,
    },
  ],
  next: null,
};

export const dashboards = {
  bodies: {},
  answers: {
    readMonth: month,
    readYear: { ...month, period: '2025' },
    readMonthForStaff: ofOrganisation,
    readYearForStaff: { ...ofOrganisation, period: '2025' },
    listMonthLines: lines,
    listYearLines: {
      ...lines,
      period: '2025',
      metric: 'distinctVolunteers',
      unit: 'persons',
      unitZh: '人',
      value: 1,
      items: [
        {
          id: ids.volunteer,
          kind: 'person',
          month: null,
          areaId: null,
          theme: null,
          organisationId: null,
          teamId: null,
          value: 1,
          version: null,
          parts: [{ id: sheet, version: 2 }],
          partCount: 1,
        },
      ],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['dashboards']>;
