import { expect, test } from '@jest/globals';
import { baseMetrics } from '../../../functions/figures/metrics.ts';
import { createDeltas, isDated, sumKeys, totalsKey } from '../../../functions/figures/totals.ts';
import type { Contribution } from '../../../functions/views/projection.ts';
import { itemSize } from '../../support/item-size.ts';

const place = { month: '2025-12', areaId: 'hongqi-01', theme: 'FREE_CLINIC' };
const contribution: Contribution = { ...place, kind: 'x', measures: { a: 5, b: 0 } };
const cell = 'totals#2025 | 2025-12#hongqi-01#FREE_CLINIC';
const ofYear = 'totals#2025#year | 2025#hongqi-01#FREE_CLINIC';
const early = '2025-12-01T00:00:00.000Z';
const late = '2025-12-02T00:00:00.000Z';

const effect = (deltas: ReturnType<typeof createDeltas>) =>
  Object.fromEntries(
    deltas
      .effective()
      .map(({ pk, sk, measures }) => [`${pk} | ${sk}`, Object.fromEntries(measures)]),
  );

test('a line adds to its month’s and its year’s cell of its area and theme; also when it adds 0', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, 1, early);
  const added = { a: { sum: 5, lines: 1 }, b: { sum: 0, lines: 1 } };
  expect(effect(deltas)).toEqual({ [cell]: added, [ofYear]: added });
});

test('one without a theme adds to a cell without', () => {
  const deltas = createDeltas();
  deltas.addContribution({ ...contribution, theme: null }, 1, early);
  expect(Object.keys(effect(deltas))).toEqual([
    'totals#2025 | 2025-12#hongqi-01#',
    'totals#2025#year | 2025#hongqi-01#',
  ]);
});

test('outputs lie beside the rest', () => {
  const deltas = createDeltas();
  deltas.addContribution({ ...contribution, measures: { a: 1, 'outputs.x': 2 } }, 1, early);
  expect(effect(deltas)).toEqual({
    [cell]: { a: { sum: 1, lines: 1 } },
    [ofYear]: { a: { sum: 1, lines: 1 } },
    [`${cell}#outputs`]: { 'outputs.x': { sum: 2, lines: 1 } },
    [`${ofYear}#outputs`]: { 'outputs.x': { sum: 2, lines: 1 } },
  });
});

test('however many lines there are of a cell, they are one addition', () => {
  const deltas = createDeltas();
  for (let n = 0; n < 1000; n += 1) deltas.addContribution(contribution, 1, early);
  const added = { a: { sum: 5000, lines: 1000 }, b: { sum: 0, lines: 1000 } };
  expect(effect(deltas)).toEqual({ [cell]: added, [ofYear]: added });
});

test('a cell with every metric and the longest names costs one unit to write', () => {
  const longest = { ...place, areaId: 'a'.repeat(32), theme: 'T'.repeat(40) };
  const { pk, sk } = totalsKey(longest.month, longest.areaId, longest.theme);
  expect(sumKeys(longest, 'x')).toContainEqual({ pk, sk });
  const measures = Object.keys(baseMetrics).concat('beneficiariesEstimated');
  const numbers = measures.flatMap((measure) => [
    [`sum:${measure}`, { N: '99999999' }],
    [`lines:${measure}`, { N: '9999999' }],
  ]);
  const item = { pk: { S: pk }, sk: { S: sk }, asOf: { S: late }, ...Object.fromEntries(numbers) };
  expect(itemSize(item)).toBeLessThan(1024);
});

test('what is taken away and added again the same is nothing', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1, early);
  deltas.addContribution({ ...contribution }, 1, early);
  expect(deltas.effective()).toEqual([]);
});

test('a new value is the difference, and no line more', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1, early);
  deltas.addContribution({ ...contribution, measures: { a: 3, b: 0 } }, 1, early);
  const added = { a: { sum: -2, lines: 0 } };
  expect(effect(deltas)).toEqual({ [cell]: added, [ofYear]: added });
});

test('moving to another month takes from one cell and adds to the other, and to the year nothing', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1, early);
  deltas.addContribution({ ...contribution, month: '2025-11' }, 1, early);
  expect(effect(deltas)).toEqual({
    [cell]: { a: { sum: -5, lines: -1 }, b: { sum: 0, lines: -1 } },
    'totals#2025 | 2025-11#hongqi-01#FREE_CLINIC': {
      a: { sum: 5, lines: 1 },
      b: { sum: 0, lines: 1 },
    },
  });
});

test('moving to another year takes from both cells and adds to both others', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, -1, early);
  deltas.addContribution({ ...contribution, month: '2026-01' }, 1, early);
  const [gone, come] = [-1, 1].map((sign) => ({
    a: { sum: sign * 5, lines: sign },
    b: { sum: 0, lines: sign },
  }));
  expect(effect(deltas)).toEqual({
    [cell]: gone,
    [ofYear]: gone,
    'totals#2026 | 2026-01#hongqi-01#FREE_CLINIC': come,
    'totals#2026#year | 2026#hongqi-01#FREE_CLINIC': come,
  });
});

test('each cell is as new as the newest event that changes it', () => {
  const deltas = createDeltas();
  deltas.addContribution(contribution, 1, late);
  deltas.addContribution(contribution, 1, early);
  deltas.addContribution({ ...contribution, theme: 'OTHER' }, 1, early);
  const newest = deltas.effective().map(({ recordedAt }) => recordedAt);
  expect(newest).toEqual([late, late, early, early]);
});

test('cells that keep sums say how new they are, what is only taken off does not', () => {
  expect(isDated(totalsKey('2025-12', 'hongqi-01', 'FREE_CLINIC'))).toBe(true);
  expect(isDated(totalsKey('2025-12', 'hongqi-01', ''))).toBe(true);
  expect(isDated(totalsKey('2025-12', 'hongqi-01', '*'))).toBe(false);
  expect(isDated(totalsKey('2025', 'hongqi-01', 'FREE_CLINIC'))).toBe(true);
  expect(isDated({ pk: 'running', sk: 'volunteersRegistered#hongqi-01' })).toBe(false);
});

test('registrations are kept from the beginning too, by month', () => {
  const deltas = createDeltas();
  const registered = { ...contribution, theme: null, measures: { volunteersRegistered: 1 } };
  deltas.addContribution(registered, 1, early);
  expect(effect(deltas)).toMatchObject({
    'running | volunteersRegistered#hongqi-01': { '2025-12': { sum: 1, lines: 1 } },
  });
});

test('nothing adds nothing', () => {
  const deltas = createDeltas();
  deltas.addContribution(undefined, 1, early);
  expect(deltas.effective()).toEqual([]);
});
