import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withTree } from '../../../functions/closed/frozen-sources.ts';
import { changesOf, linesOf } from '../../../functions/closed/lines.ts';
import { metricsOf } from '../../../functions/figures/metrics.ts';

const metrics = metricsOf({});
const cases = 'outputs.casesAssisted';

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
  });

const casesOf = (...values: readonly number[]) =>
  sourcesWith(Object.fromEntries(values.map((value, at) => [`area-${at}`, { [cases]: value }])));

const byArea = (sources: ReturnType<typeof casesOf>) =>
  linesOf('2025-07', sources, metrics)
    .figures.filter(({ areaId }) => areaId !== null)
    .map(({ value, hidden }) => (hidden ? 'hidden' : value));

test('lines are of the whole, of each theme, and of each area alone, in the unit of the metric', () => {
  const sources = sourcesWith({
    'area-0': { 'outputs.rubbishKilograms': 125, creditedMinutes: 60 },
    'area-1': { creditedMinutes: 30, beneficiariesEstimated: 9 },
  });
  expect(linesOf('2025-07', sources, metrics).figures).toEqual([
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

test.each([
  ['nothing small is hidden', [5, 20], [5, 20]],
  ['a small number is hidden with the next smallest', [3, 9, 20], ['hidden', 'hidden', 20]],
  ['two small ones that are not small together are enough', [3, 4, 20], ['hidden', 'hidden', 20]],
  ['two that are small together take a third', [1, 2, 20], ['hidden', 'hidden', 'hidden']],
  ['what the whole would say has no lines by area', [3], []],
  ['nor have two of them', [1, 2], []],
  ['an area that reported 0 does not hide another', [3, 0, 8], ['hidden', 0, 'hidden']],
])('of professional services %s', (_, values, shown) => {
  expect(byArea(casesOf(...values))).toEqual(shown);
});

test('no small number of an area can be computed from the lines', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }), (values) => {
      const lines = linesOf('2025-07', casesOf(...values), metrics).figures;
      const whole =
        lines.find(({ areaId, theme }) => areaId === null && theme === null)?.value ?? 0;
      const own = lines.filter(({ areaId }) => areaId !== null);
      const shown = own.flatMap(({ value }) => value ?? []);
      expect(shown.filter((value) => value > 0 && value < 5)).toEqual([]);
      const hidden = own.filter((line) => line.hidden).length;
      const rest = whole - shown.reduce((sum, value) => sum + value, 0);
      if (hidden > 0) expect([hidden > 1, rest >= 5]).toEqual([true, true]);
    }),
  );
});

test('areas that do not fit into an event are left out, and it says so', () => {
  const many = Object.fromEntries(
    Array.from({ length: 900 }, (_, at) => [`area-${at}`, { creditedMinutes: at + 1 }]),
  );
  const { figures, areasLeftOut } = linesOf('2025-07', sourcesWith(many), metrics);
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
