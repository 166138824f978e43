import type { Say } from './words.ts';

const monthsInEnglish = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;

const englishMonth = (month: string): string => monthsInEnglish[Number(month) - 1] ?? month;

/** A year, month or day in Chinese: 2025年, 2025年3月, 2025年3月5日. */
export const chineseDate = (date: string): string => {
  const [year = '', month, day] = date.split('-');
  return [
    `${year}年`,
    ...(month === undefined ? [] : [`${Number(month)}月`]),
    ...(day === undefined ? [] : [`${Number(day)}日`]),
  ].join('');
};

/** The same in English: 2025, March 2025, 5 March 2025. */
const englishDate = (date: string): string => {
  const [year = '', month, day] = date.split('-');
  return [
    ...(day === undefined ? [] : [Number(day)]),
    ...(month === undefined ? [] : [englishMonth(month)]),
    year,
  ].join(' ');
};

/** A year, month or day as people read it: `2025-03` is 2025年3月 or March 2025. */
export const dateText = (date: string, say: Say): string =>
  say(chineseDate(date), englishDate(date));

/** The days of something that lasts one or several. */
export const daysText = (from: string, until: string, say: Say): string =>
  from === until
    ? dateText(from, say)
    : say(
        `${dateText(from, say)}至${dateText(until, say)}`,
        `${dateText(from, say)} to ${dateText(until, say)}`,
      );
