import { expect, test } from '@jest/globals';
import { getDayDetail } from 'chinese-days';
import { lastDayWithin } from '../../../functions/sheets/working-days.ts';

test.each([
  // An ordinary week.
  [1, '2025-10-17', '2025-10-20'],
  [10, '2025-10-18', '2025-10-31'],
  // National Day and Mid-Autumn, 1 to 8 October; 28 September and 11 October are worked.
  [1, '2025-09-27', '2025-09-28'],
  [1, '2025-09-30', '2025-10-09'],
  [3, '2025-09-30', '2025-10-11'],
  // Spring Festival, 15 to 23 February; 14 and 28 February are worked.
  [2, '2026-02-13', '2026-02-24'],
])('%i working days after %s end on %s', (days, from, last) => {
  expect(lastDayWithin(days, from)).toBe(last);
});

/** The State Council announces a year's holidays in the November before. */
test('the table of the year is there, and from December on that of the coming one', () => {
  const now = new Date();
  const year = now.getUTCFullYear() + (now.getUTCMonth() === 11 ? 1 : 0);
  const { name } = getDayDetail(`${year}-10-01`);
  if (!name.includes('国庆'))
    throw new Error(`chinese-days has no holidays of ${year}: install its newest version`);
});
