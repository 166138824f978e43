import { expect, test } from '@jest/globals';
import { dateText, daysText } from '../../../functions/html/dates.ts';
import { sayIn } from '../../../functions/html/words.ts';

const zh = sayIn('zh-CN');
const en = sayIn('en');

test.each([
  ['2025', '2025年', '2025'],
  ['2025-03', '2025年3月', 'March 2025'],
  ['2025-12-05', '2025年12月5日', '5 December 2025'],
])('%s is written %s', (date, chinese, english) => {
  expect([dateText(date, zh), dateText(date, en)]).toEqual([chinese, english]);
});

test('days are written from the first to the last, and one day once', () => {
  expect(daysText('2025-03-05', '2025-04-01', zh)).toBe('2025年3月5日至2025年4月1日');
  expect(daysText('2025-03-05', '2025-04-01', en)).toBe('5 March 2025 to 1 April 2025');
  expect(daysText('2025-03-05', '2025-03-05', zh)).toBe('2025年3月5日');
});
