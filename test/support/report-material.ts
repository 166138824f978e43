import type { Area } from '../../events/organisations.ts';
import { outputs } from '../../events/outputs.ts';
import { treeOf } from '../../functions/figures/area-tree.ts';
import { metricsOf } from '../../functions/figures/metrics.ts';
import type { Measures } from '../../functions/figures/packing.ts';
import type {
  Material,
  MonthFigures,
  PeriodFigures,
  Planned,
} from '../../functions/reports/material.ts';
import type { Cell } from '../../functions/totals/add-up.ts';
import { noneHidden, professionalMeasures } from '../../functions/totals/hidden-figures.ts';

type Place = Omit<Cell, 'period'>;

/** The name of a cell, by which its measures are looked up. */
const placeName = ({ areaId, alone, theme }: Place): string =>
  [areaId ?? '*', alone ? 'alone' : 'all', theme ?? '*'].join(' ');

/** Figures of a period from measures by the name of their cell. A cell that is not named has none. */
export const figuresOf = (
  period: string,
  cells: Readonly<Record<string, Measures>>,
  asOf = '2026-01-05T01:00:00.000Z',
): PeriodFigures => {
  const parts = Object.keys(cells).map((name) => name.split(' '));
  const named = (at: 0 | 2): readonly string[] => [
    ...new Set(parts.flatMap((part) => (part[at] === '*' ? [] : [part[at] ?? '']))),
  ];
  return {
    period,
    asOf: Object.keys(cells).length > 0 ? asOf : null,
    at: (place) => cells[placeName(place)] ?? {},
    areas: named(0),
    themes: named(2),
  };
};

const area = (id: string, name: string, parentId: string | null): Area =>
  ({ id, kind: 'community', name, parentId, parents: [{ fromYear: 0, parentId }] }) as Area;

/** A district with a subdistrict and three communities. */
const reportAreas: readonly Area[] = [
  area('demo', '示范区', null),
  area('hongqi', '红旗街道', 'demo'),
  area('hongqi-01', '新华社区', 'hongqi'),
  area('hongqi-02', '东风社区', 'hongqi'),
  area('hongqi-03', '前进社区', 'hongqi'),
];

/** A month that nobody has closed. */
export const monthOf = (figures: PeriodFigures): MonthFigures => ({
  ...figures,
  ...{ status: 'draft', open: null },
});

export const planned = (key: string, title: string, more: Partial<Planned> = {}): Planned => ({
  ...{ key, title, months: [], units: [] },
  ...more,
});

/** A year in which nothing is there, of a plan with two themes and a routine. */
export const materialOf = (more: Partial<Material> = {}): Material => ({
  period: '2025',
  place: '示范区',
  status: 'draft',
  closed: null,
  asOf: null,
  until: '2025-12-31',
  openAtClose: null,
  figures: figuresOf('2025', {}),
  months: Array.from({ length: 12 }, (_, at) =>
    monthOf(figuresOf(`2025-${String(at + 1).padStart(2, '0')}`, {})),
  ),
  before: null,
  tree: treeOf(reportAreas, 2025),
  areaNames: new Map(reportAreas.map(({ id, name }) => [id, name])),
  professional: professionalMeasures({}),
  hidden: noneHidden,
  metrics: metricsOf({}),
  themes: [
    planned('LAUNCH', '启动仪式', { months: [3], units: [{ name: '街道', role: 'lead' }] }),
    planned('FREE_CLINIC', '义诊', {
      months: [10],
      units: [
        { name: '社区医务人员', role: 'lead' },
        { name: '志愿者', role: 'participating' },
      ],
    }),
  ],
  routines: [planned('TRAFFIC_COURTESY', '文明交通劝导')],
  quality: {
    ...{ evidence: null, onTimeRecords: null, corrections: null, correctedMinutes: null },
    ...{ exactHundreds: null, origins: null, flagsSeen: null, flagsDismissed: null },
  },
  restated: [],
  madeHere: null,
  firstServices: null,
  requests: null,
  publicity: null,
  recognition: null,
  texts: { problems: null, nextYear: null, lateOn: { problems: null, nextYear: null } },
  ...more,
});

/** The measures of all outputs, counted and estimated. */
export const outputMeasures: readonly string[] = Object.keys(outputs).flatMap((key) => [
  `outputs.${key}`,
  `outputs.${key}:estimated`,
]);
