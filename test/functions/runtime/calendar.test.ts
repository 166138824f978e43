import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localDateOf, monthOf, monthsOf, yearOf } from '../../../functions/runtime/calendar.ts';

const shanghai = (instant: string) => localDateOf(Date.parse(instant), 'Asia/Shanghai');

test.each([
  ['2025-12-31T15:59:59.999Z', '2025-12-31'],
  ['2025-12-31T16:00:00.000Z', '2026-01-01'],
  ['2026-01-01T00:00:00.000Z', '2026-01-01'],
  ['2025-02-28T16:00:00.000Z', '2025-03-01'],
  ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  // The summer time of 1986 to 1991: an hour further from UTC.
  ['1988-07-01T15:30:00.000Z', '1988-07-02'],
])('%s is %s in Shanghai', (instant, date) => {
  expect(shanghai(instant)).toBe(date);
});

test('the zone is the one asked for, also after another was', () => {
  const at = Date.parse('2025-12-31T16:00:00Z');
  expect(localDateOf(at, 'UTC')).toBe('2025-12-31');
  expect(localDateOf(at, 'Asia/Shanghai')).toBe('2026-01-01');
  expect(localDateOf(at, 'UTC')).toBe('2025-12-31');
});

test('from 1992 to 2100 Shanghai is eight hours ahead', () => {
  const instants = fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2100, 11, 31) });
  fc.assert(
    fc.property(instants, (at) => {
      const expected = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
      expect(localDateOf(at, 'Asia/Shanghai')).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('months and years are cut from the local date', () => {
  expect(monthOf('2025-12-31')).toBe('2025-12');
  expect(yearOf('2025-12-31')).toBe('2025');
  expect(yearOf('2025-12')).toBe('2025');
  expect(monthsOf('2025')).toEqual([
    ...['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06'],
    ...['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12'],
  ]);
});
