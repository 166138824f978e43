import { expect, test } from '@jest/globals';
import { withTree } from '../../../functions/closed/frozen-sources.ts';
import { changesOf, linesOf } from '../../../functions/closed/lines.ts';
import { metricsOf } from '../../../functions/figures/metrics.ts';

const metrics = metricsOf({});
const cases = 'outputs.casesAssisted';
const professional = [cases, `${cases}:estimated`];

/** A month in which each area has these figures, of one theme. */
const sourcesWith = (areas: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
  withTree('2025-07', {
    documents: new Map(
      Object.entries(areas).map(([id, measures]) => [
        id,
        { asOf: '', themes: new Map([['LEGAL_SERVICE', measures]]), counted: {}, below: {} },
      ]),
    ),
    running: new Map(),
    areas: Object.keys(areas).map((id) => ({ id, parents: [{ fromYear: 0, parentId: null }] })),
    firstServices: null,
  });

test('lines are of the whole, of each theme, and of each area alone, in the unit of the metric', () => {
  const sources = sourcesWith({
    'area-0': { 'outputs.rubbishKilograms': 125, creditedMinutes: 60 },
    'area-1': { creditedMinutes: 30, beneficiariesEstimated: 9 },
  });
  expect(linesOf('2025-07', sources, metrics, professional).figures).toEqual([
    { metric: 'creditedMinutes', areaId: null, theme: null, value: 90 },
    { metric: 'beneficiaries', areaId: null, theme: null, value: null, estimated: 9 },
    { metric: 'outputs.rubbishKilograms', areaId: null, theme: null, value: 12.5 },
    { metric: 'creditedMinutes', areaId: null, theme: 'LEGAL_SERVICE', value: 90 },
    { metric: 'beneficiaries', areaId: null, theme: 'LEGAL_SERVICE', value: null, estimated: 9 },
    { metric: 'outputs.rubbishKilograms', areaId: null, theme: 'LEGAL_SERVICE', value: 12.5 },
    { metric: 'creditedMinutes', areaId: 'area-0', theme: null, value: 60 },
    { metric: 'creditedMinutes', areaId: 'area-1', theme: null, value: 30 },
    { metric: 'beneficiaries', areaId: 'area-1', theme: null, value: null, estimated: 9 },
    { metric: 'outputs.rubbishKilograms', areaId: 'area-0', theme: null, value: 12.5 },
  ]);
});

test('professional services have lines of the whole and by theme, and none by area', () => {
  const sources = sourcesWith({
    'area-0': { [cases]: 30, creditedMinutes: 60 },
    'area-1': { [cases]: 2, [`${cases}:estimated`]: 50 },
  });
  const { figures } = linesOf('2025-07', sources, metrics, professional);
  expect(figures.filter(({ metric }) => metric === cases)).toEqual([
    { metric: cases, areaId: null, theme: null, value: 32, estimated: 50 },
    { metric: cases, areaId: null, theme: 'LEGAL_SERVICE', value: 32, estimated: 50 },
  ]);
  expect(figures.filter(({ areaId }) => areaId !== null)).toHaveLength(1);
});

test('areas that do not fit into an event are left out, and it says so', () => {
  const many = Object.fromEntries(
    Array.from({ length: 900 }, (_, at) => [`area-${at}`, { creditedMinutes: at + 1 }]),
  );
  const { figures, areasLeftOut } = linesOf('2025-07', sourcesWith(many), metrics, professional);
  expect(areasLeftOut).toBe(true);
  expect(figures.every(({ areaId }) => areaId === null)).toBe(true);
  expect(figures.length).toBeGreaterThan(0);
});

test('changes keep estimates apart, and leave out what is no figure', () => {
  const delta = { beneficiaries: -3, beneficiariesEstimated: 10, waiting: 2, creditedMinutes: 0 };
  expect(changesOf(delta, metrics, 'area-0', 'LAUNCH')).toEqual([
    { metric: 'beneficiaries', areaId: 'area-0', theme: 'LAUNCH', delta: -3, estimated: 10 },
  ]);
});
