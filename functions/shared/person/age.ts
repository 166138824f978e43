import type { Volunteer } from '../../../events/volunteers.ts';

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
