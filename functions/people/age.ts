import type { Volunteer } from '../../events/volunteers.ts';

/** Full years between two local dates. Who was born on 29 February is a year older on 1 March. */
export const ageOn = (birthDate: string, today: string): number => {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
};

export interface Ages {
  readonly guardianConsentUnder: number;
  readonly adultFrom: number;
}

/** The group that rules ask for (DOMAIN.md §3.10), by the ages that the district has set. */
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

/** The first month that somebody is of this age from its first day on. */
const monthOfAge = (birthDate: string, age: number): string => {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const months = (year + age) * 12 + month - (day === 1 ? 1 : 0);
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
};

/**
 * Until which month (`yyyy-mm`, exclusive) somebody is below the ages that rules ask for, for a
 * record to be found when they are not any more; null where they are not now. A month and no day:
 * what follows is seen by many, and would tell them a birthday.
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
