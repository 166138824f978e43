import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  nextAttempt,
  percentFailed,
  restAfter,
  slowUntil,
  waits,
} from '../../../functions/webhooks/schedule.ts';

const day = 24 * 3_600_000;

test('ten attempts over three days, the first retry within seconds', () => {
  expect(waits).toHaveLength(9);
  const sum = waits.reduce<number>((all, each) => all + each, 0);
  expect(sum / day).toBeGreaterThan(3);
  expect(nextAttempt(10, 0, 0.5)).toBeNull();
});

test('a wait is its own within a tenth, or as long as the receiver asks, a day at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      (attempts, random, asked) => {
        const wait = nextAttempt(attempts, 1_000, random, asked) ?? Number.NaN;
        const own = waits[attempts - 1] ?? 0;
        const askedMs = Math.min((asked ?? 0) * 1_000, day);
        expect(wait - 1_000).toBeGreaterThanOrEqual(Math.max(Math.floor(own * 0.9), askedMs));
        expect(wait - 1_000).toBeLessThanOrEqual(Math.max(Math.ceil(own * 1.1), askedMs));
      },
    ),
  );
});

test('a receiver that fails again and again gets less and less, every half an hour at least', () => {
  expect(slowUntil(1, 0, null)).toBeNull();
  const until = [2, 3, 4, 5, 10, 100, 10_000].map((failures) => slowUntil(failures, 0, null));
  expect(until).toEqual([20_000, 40_000, 80_000, 160_000, 1_800_000, 1_800_000, 1_800_000]);
  expect(slowUntil(1, 5_000, 60)).toBe(65_000);
  expect(slowUntil(1, 0, 10_000_000)).toBe(day);
});

test('it is disabled after five days', () => {
  expect([0, 2.5, 3.5, 4.5, 4.99, 5, 50].map((days) => percentFailed(0, days * day))).toEqual([
    0, 50, 70, 90, 99, 100, 100,
  ]);
});

test.each([
  [0, null],
  [4_999, null],
  [5_000, 15],
  [14_200, 43],
])('a receiver that answers within %d ms rests for %p s', (latencyMs, seconds) => {
  expect(restAfter(latencyMs)).toBe(seconds);
});
