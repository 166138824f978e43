import type { Star, StarTerms } from '../../events/stars.ts';
import { Rejection } from '../refusals/decision.ts';
import { dayMs, yearOf } from '../runtime/calendar.ts';
import type { Settings } from '../runtime/settings.ts';

export type StarPolicy = Settings['stars'];
type Level = StarPolicy['levels'][number];

/**
 * A level of the policy.
 * @throws Rejection `invalid-value` at `#/level` when the district has no such level
 */
export const levelOf = ({ levels }: StarPolicy, level: number): Level => {
  const found = levels.find((each) => each.level === level);
  if (!found)
    throw new Rejection(
      'invalid-value',
      {
        zh: `本区未设${level}星级；现有：${levels.map((each) => each.level).join('、')}。`,
        en: `The district has no level ${level}; it has ${levels.map((each) => each.level).join(', ')}.`,
      },
      '#/level',
    );
  return found;
};

/** The terms of a level, as the policy is now. They stay with the star. */
export const termsOf = (
  { version, cutOff, noticeWorkingDays }: StarPolicy,
  { hours, tenureDays }: Level,
): StarTerms => ({ policyVersion: version, hours, tenureDays, cutOff, noticeWorkingDays });

/** The last service day that counts for a decision on a local date: the newest cut-off day, or the date itself. */
export const countedUntil = ({ cutOff }: Pick<StarTerms, 'cutOff'>, today: string): string => {
  if (cutOff === null) return today;
  const thisYear = `${yearOf(today)}-${cutOff}`;
  return thisYear <= today ? thisYear : `${Number(yearOf(today)) - 1}-${cutOff}`;
};

/** Full days for which a record had been confirmed on a local date; less than 0 when it was not yet. */
const daysSince = (confirmedOn: string, date: string): number =>
  Math.round((Date.parse(date) - Date.parse(confirmedOn)) / dayMs);

/**
 * Checks that the person had been registered for long enough on the last day that counts.
 * @throws Rejection `star-tenure-missing` with the days there are and the days that are needed
 */
export const checkTenure = (
  { tenureDays }: Pick<StarTerms, 'tenureDays'>,
  { confirmedOn }: { readonly confirmedOn: string | null },
  until: string,
): void => {
  if (tenureDays === 0) return;
  const days = confirmedOn === null ? 0 : Math.max(0, daysSince(confirmedOn, until));
  if (days < tenureDays) throw new Rejection('star-tenure-missing', { days, needed: tenureDays });
};

/** The minutes that a level needs. */
export const neededMinutes = ({ hours }: Pick<StarTerms, 'hours'>): number => hours * 60;

/**
 * @throws Rejection `star-hours-missing` with the hours there are, to two decimals and rounded down, and those needed
 */
export const checkHours = (terms: StarTerms, { minutes }: Pick<Star, 'minutes'>): void => {
  if (minutes >= neededMinutes(terms)) return;
  const hours = (Math.floor((minutes / 60) * 100) / 100).toFixed(2);
  throw new Rejection('star-hours-missing', { hours, needed: terms.hours });
};
