import chineseDays from 'chinese-days';
import { dayRules } from './day-rules.ts';

/** The day after a local date. */
const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Whether a local date is a working day, by the State Council's notices. */
export const isWorkingDay = (date: string): boolean => chineseDays.isWorkday(date);

/**
 * The last day on which something is still done within so many working days after a local date. The
 * calendar is that of the State Council's notices: holidays, and the weekends that are worked for them.
 */
export const lastDayWithin = (workingDays: number, date: string): string => {
  let day = date;
  for (let left = workingDays; left > 0; ) {
    day = nextDay(day);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
};

/** Whether what is recorded or verified today comes late for a service day. */
export const isLateFor = (serviceDate: string, today: string): boolean =>
  today > lastDayWithin(dayRules.workingDaysToRecord, serviceDate);
