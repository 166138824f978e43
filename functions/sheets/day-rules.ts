/**
 * The rules of a person's day (DOMAIN.md §4; Guangdong's practice). They are a policy of the product:
 * a change gets a new version, and each event names the version by which it was decided.
 */
export const dayRules = {
  version: 1,
  /** Minutes credited on a day that one verifier may verify. */
  byOneVerifier: 480,
  /** Minutes credited on a day that two different verifiers may verify. */
  byTwoVerifiers: 720,
  /** Minutes attended that no day of a person may exceed, over all activities. */
  wholeDay: 1440,
  /** Entries are recorded within so many working days after the service day (DOMAIN.md §3.3). */
  workingDaysToRecord: 10,
  /** An objection is answered within so many working days. */
  workingDaysToAnswer: 10,
  /** A service day lies at most so many years back. */
  yearsBack: 3,
} as const;

/** The years in which a service day may lie, in a year, oldest first. */
export const yearsOfService = (year: number): readonly string[] =>
  Array.from({ length: dayRules.yearsBack + 1 }, (_, at) => String(year - dayRules.yearsBack + at));

/** What an entry adds to its person's day. */
export interface DayEntry {
  readonly attendedMinutes: number;
  readonly creditedMinutes: number;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Who may credit a person's day with one more entry. */
export type Tier = 'one-verifier' | 'two-verifiers' | 'district';

export const tierOf = (creditedMinutes: number, others: readonly DayEntry[]): Tier => {
  const credited = creditedMinutes + sum(others.map((each) => each.creditedMinutes));
  if (credited <= dayRules.byOneVerifier) return 'one-verifier';
  return credited <= dayRules.byTwoVerifiers ? 'two-verifiers' : 'district';
};

/** What a long day is flagged for, from the least to the most. */
export const longDays = ['long-day', 'very-long-day', 'overfull-day'] as const;
export type LongDay = (typeof longDays)[number];

/** What a person's day is flagged for: it is long, or two lines of it are of one activity. */
export type DayFlag = LongDay | 'entered-twice';

const flagOf = {
  'one-verifier': null,
  'two-verifiers': 'long-day',
  district: 'very-long-day',
} as const satisfies Record<Tier, LongDay | null>;

/** The flag of a person's day with these entries; null for a day that one verifier may verify. */
export const dayFlagOf = (entries: readonly DayEntry[]): LongDay | null =>
  sum(entries.map(({ attendedMinutes }) => attendedMinutes)) > dayRules.wholeDay
    ? 'overfull-day'
    : flagOf[tierOf(0, entries)];
