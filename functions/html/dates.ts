import type { Say } from './words.ts';

const monthsInEnglish = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;

const englishMonth = (month: string): string => monthsInEnglish[Number(month) - 1] ?? month;

/** A year, month or day as people read it: `2025-03` is 2025年3月 or March 2025. */
export const dateText = (date: string, say: Say): string => {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return say(`${year}年`, year);
  const ofYear = say(`${year}年${Number(month)}月`, `${englishMonth(month)} ${year}`);
  return day === undefined ? ofYear : say(`${ofYear}${Number(day)}日`, `${Number(day)} ${ofYear}`);
};

/** The days of something that lasts one or several. */
export const daysText = (from: string, until: string, say: Say): string =>
  from === until
    ? dateText(from, say)
    : say(
        `${dateText(from, say)}至${dateText(until, say)}`,
        `${dateText(from, say)} to ${dateText(until, say)}`,
      );
