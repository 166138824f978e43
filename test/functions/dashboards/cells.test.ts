import { expect, test } from '@jest/globals';
import { cellsOf, createDeltas, totalsKey } from '../../../functions/dashboards/cells.ts';

const place = { month: '2025-12', areaId: 'hongqi-01', theme: 'FREE_CLINIC' };
const keys = (at: Parameters<typeof cellsOf>[0]) =>
  cellsOf(at).map((cell) => Object.values(totalsKey(cell)).join(' | '));

test('a line adds to its month and year: whole, by area, by theme, and by both', () => {
  expect(keys(place)).toEqual([
    'totals#2025-12 | all',
    'totals#2025-12 | area#hongqi-01',
    'totals#2025-12 | theme#FREE_CLINIC',
    'totals#2025-12#cross | hongqi-01#FREE_CLINIC',
    'totals#2025 | all',
    'totals#2025 | area#hongqi-01',
    'totals#2025 | theme#FREE_CLINIC',
    'totals#2025#cross | hongqi-01#FREE_CLINIC',
  ]);
});

test('one without a theme adds to no theme', () => {
  expect(keys({ ...place, theme: null })).toEqual([
    'totals#2025-12 | all',
    'totals#2025-12 | area#hongqi-01',
    'totals#2025 | all',
    'totals#2025 | area#hongqi-01',
  ]);
});

const contribution = { ...place, kind: 'x', measures: { a: 5, b: 0 } };
const effect = (deltas: ReturnType<typeof createDeltas>) =>
  Object.fromEntries(
    deltas
      .effective()
      .map(({ pk, sk, measures }) => [`${pk} | ${sk}`, Object.fromEntries(measures)]),
  );

test('what is added counts as a line, also when it is 0', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, 1);
  expect(Object.keys(effect(deltas))).toEqual(keys(place));
  expect(effect(deltas)['totals#2025 | all']).toEqual({
    a: { sum: 5, lines: 1 },
    b: { sum: 0, lines: 1 },
  });
});

test('what is taken away and added again the same is nothing', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1);
  deltas.addContribution({ ...contribution }, 1);
  expect(deltas.effective()).toEqual([]);
});

test('a new value is the difference, and no line more', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1);
  deltas.addContribution({ ...contribution, measures: { a: 3, b: 0 } }, 1);
  expect(effect(deltas)['totals#2025 | all']).toEqual({ a: { sum: -2, lines: 0 } });
});

test('moving within the year leaves the year as it is', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1);
  deltas.addContribution({ ...contribution, month: '2025-03' }, 1);
  const periods = new Set(deltas.effective().map(({ pk }) => pk.slice('totals#'.length)));
  expect([...periods].sort()).toEqual(['2025-03', '2025-03#cross', '2025-12', '2025-12#cross']);
  expect(effect(deltas)['totals#2025-12 | all']).toEqual({
    a: { sum: -5, lines: -1 },
    b: { sum: 0, lines: -1 },
  });
});

test('registrations are kept from the beginning too, by month', () => {
  const deltas = createDeltas();
  const registered = { ...contribution, theme: null, measures: { volunteersRegistered: 1 } };
  deltas.addContribution(registered, 1);
  const once = { '2025-12': { sum: 1, lines: 1 } };
  expect(effect(deltas)).toMatchObject({
    'running#volunteersRegistered | all': once,
    'running#volunteersRegistered | area#hongqi-01': once,
  });
});

test('nothing adds nothing', () => {
  const deltas = createDeltas();
  deltas.addContribution(undefined, 1);
  expect(deltas.effective()).toEqual([]);
});
