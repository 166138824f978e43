import type { Volunteer } from '../../events/volunteers.ts';

/** Full years between two local dates. A person born on 29 February turns a year older on 1 March. */
export const ageOn = (birthDate: string, today: string): number => {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
};

export interface Ages {
  readonly guardianConsentUnder: number;
  readonly adultFrom: number;
}

/** The age group that the rules need (DOMAIN.md §3.10), by the ages set by the district. */
export const ageGroupOf = (
  birthDate: string | undefined,
  today: string,
  { guardianConsentUnder, adultFrom }: Ages,
): Volunteer['ageGroup'] => {
  if (birthDate === undefined) return 'unknown';
  const age = ageOn(birthDate, today);
  if (age < guardianConsentUnder) return 'under-14';
  return age < adultFrom ? 'under-18' : 'adult';
};

/** The first month in which somebody is of this age from its first day. */
const monthOfAge = (birthDate: string, age: number): string => {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const months = (year + age) * 12 + month - (day === 1 ? 1 : 0);
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
};

/**
 * The month (`yyyy-mm`, exclusive) until which somebody is below each of these ages, by which their
 * record is found when they reach it. Null when they are not below it. It is a month rather than a
 * day, because others see the resulting change and would learn the birthday.
 */
export const ageEndsOf = (
  birthDate: string | undefined,
  today: string,
  { guardianConsentUnder, adultFrom }: Ages,
): { readonly childUntil: string | null; readonly minorUntil: string | null } => {
  const until = (age: number): string | null =>
    birthDate !== undefined && ageOn(birthDate, today) < age ? monthOfAge(birthDate, age) : null;
  return { childUntil: until(guardianConsentUnder), minorUntil: until(adultFrom) };
};
