import { beginning, type Circle, compareLedger, keepCircle, readCircle } from './circle.ts';
import { compareViews } from './compare-views.ts';
import type { Difference } from './compare-year.ts';
import { lastingMs } from './reconcile.ts';
import { yearsIn } from './year-contents.ts';

/**
 * Rows of the Ledger that a night reads. A district of 76,000 entries a year has about as many rows in
 * ten years when it works by rolls.
 */
const rowsOfNight = 100_000;

export interface Night {
  readonly drift: readonly Difference[];
  readonly circle: Circle;
}

/** The year after this one among the earlier years, newest first; the first again after the last. */
const nextYear = (earlier: readonly string[], last: string): string | undefined =>
  earlier[(earlier.indexOf(last) + 1) % earlier.length];

/**
 * Compares the present year and one earlier year, in turn, and the next rows of the Ledger. So a night
 * reads the same however old the district is.
 */
export const compareNight = async (
  generation: number,
  { budget = rowsOfNight, waitMs = lastingMs } = {},
): Promise<Night> => {
  const before = await readCircle();
  const [present, ...earlier] = await yearsIn(generation);
  const other = nextYear(earlier, before.year);
  const years = [present, other].filter((year) => year !== undefined);
  // At the same time: what differs in both is waited for once.
  const [documents, { differences, rows, next }] = await Promise.all([
    compareViews(generation, years, waitMs),
    compareLedger(generation, before.place, budget, waitMs),
  ]);
  const nights = before.nights + 1;
  const progress = next
    ? { place: next, rows: before.rows + rows, nights, lastNights: before.lastNights }
    : { place: beginning, rows: 0, nights: 0, lastNights: nights };
  const circle = { year: other ?? '', ...progress };
  await keepCircle(circle);
  return { drift: [...documents, ...differences], circle };
};
