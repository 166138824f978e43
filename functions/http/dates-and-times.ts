import {
  and,
  any,
  type Found,
  isCalled,
  isUncalled,
  next,
  numbersOf,
  type Phrase,
  pairsOf,
  rises,
  some,
  to,
  year,
} from './number-phrase.ts';

const month = '(?:1[0-2]|0?[1-9])';
const day = '(?:3[01]|[12]\\d|0?[1-9])';
const mark = '\\s?[-./年]\\s?';
const monthMark = '\\s?[-./月]\\s?';
const date = `${year}${mark}${month}${monthMark}${day}[日号]?`;
const shortDate = `(?:${month}${monthMark})?${day}[日号]?`;
const compactMonth = `${year}(?:0[1-9]|1[0-2])`;
const compactDate = `${compactMonth}(?:0[1-9]|[12]\\d|3[01])`;
const monthOfYear = `${year}${mark}${month}月?`;
const dayOfMonth = `${month}[./·]${day}["”]?`;
const hour = '(?:2[0-4]|[01]?\\d)';
const clock = `${hour}:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{3})?)?`;
/** Without a colon only whole five minutes, because 0451-8456 is no time. */
const compactClock = '(?:[01]\\d|2[0-3])[0-5][05]';
const shortClock = `${hour}\\.[0-5]\\d`;

const fullDate = new RegExp(`(?:${date}|${month}月${day}[日号])\\s?$`, 'u');
/** Times that rise, with no other number beside them than a date. */
const areCompactTimes = (found: Found): boolean =>
  isUncalled(found) &&
  rises(numbersOf(found.text)) &&
  !/^[^\p{L}\d]{0,3}\p{L}?[^\p{L}\d]{0,3}\d/u.test(found.after) &&
  (!/\d[^\p{L}\d]{0,3}\p{L}?[^\p{L}\d]{0,3}$/u.test(found.before) || fullDate.test(found.before));

/** Days in the order of the year, or two days; and not a part of a longer list. */
const areDates = ({ text, before, after }: Found): boolean => {
  const days = pairsOf(text).map(([month, day]) => String(month * 100 + day));
  const isPartOfList = /\d[、,/;]\s?$/.test(before) || /^\s?[、,/;]\s?\d/.test(after);
  return !isPartOfList && (days.length < 3 || rises(days));
};

/** Dates, and times of day. The longer form comes first. */
export const datesAndTimes: readonly Phrase[] = [
  // 2025-03-05, 2025年3月5日, 2025.3.5-2025.3.12, 2025.3.5-3.12, 2025年3月5、12、19日
  {
    kind: 'date',
    pattern: `${date}(?:(?:${next}${day})${some}[日号]|(?:${next}(?:${date}|${shortDate}))?(?:${and}${date})${any})`,
  },
  // 3月5日, 3月5、6、19日, 3月5日至4月1日
  {
    kind: 'date',
    pattern: `${month}月${day}[日号]?(?:${next}(?:${month}月)?${day}[日号]?)${any}(?<=[日号])`,
  },
  // 20250305-20250312, 202409-202506
  { kind: 'date', pattern: `${compactDate}(?:${next}${compactDate})${any}`, is: isUncalled },
  { kind: 'date', pattern: `${compactMonth}${to}${compactMonth}`, is: isUncalled },
  // 20251126-001, a number of the day; with a year of 19… it would be a mobile number
  { kind: 'date', pattern: `(?=20)${compactDate}-\\d{1,3}`, is: isUncalled },
  // 2024-09至2025-06, 2025年9月
  { kind: 'date', pattern: `${monthOfYear}(?:${to}${monthOfYear})?`, is: isUncalled },
  // 2024-2025, 2023、2024、2025年; (2025)
  {
    kind: 'date',
    pattern: `${year}(?:${next}${year})${some}(?:-[12](?=学期))?`,
    is: (found) => !isCalled(found) || found.after.startsWith('年'),
  },
  { kind: 'date', pattern: `${year}(?=[)\\]〕】])`, before: /[([〔【]$/ },
  // 8:30, 8:30:15-11:30:00, 9:00-11:00/14:00-16:00; 8.30-11.30
  { kind: 'time', pattern: `${clock}(?:(?:${next}|\\s)${clock})${any}` },
  {
    kind: 'time',
    pattern: `${shortClock}${to}${shortClock}(?:${and}${shortClock}${to}${shortClock})${any}`,
  },
  // 0900-1130、1400-1700
  {
    kind: 'time',
    pattern: `${compactClock}${to}${compactClock}(?:${and}${compactClock}${to}${compactClock}){0,3}`,
    is: areCompactTimes,
  },
  // 3.5-3.12, 3.5、3.12、3.19
  { kind: 'date', pattern: `${dayOfMonth}(?:${next}["“]?${dayOfMonth})${some}`, is: areDates },
];
