import { beginning, compareLedger, type Place } from './circle.ts';
import { compareViews } from './compare-views.ts';
import type { Difference } from './compare-year.ts';
import { yearsIn } from './year-contents.ts';

/** How long a difference must last to be drift: longer than any queue delays an event. */
export const lastingMs = 20_000;

/** Rows of the Ledger that are compared between two looks at the time. */
const rowsAtOnce = 100_000;

/** What is left of a full circle. */
export interface Left {
  /** Years whose documents are to be compared. */
  readonly years: readonly string[];
  /** Where the comparison with the Ledger goes on. */
  readonly place: Place;
}

export interface Part {
  readonly differences: readonly Difference[];
  /** Undefined when the circle is complete. */
  readonly left: Left | undefined;
}

/**
 * A part of a full circle: all years of a generation, each document against what it is made of, and all
 * of the Ledger against the generation.
 * @param from what an earlier call left; undefined to begin
 * @param hasTime asked before each year, and before each portion of the Ledger
 */
export const reconcilePart = async (
  generation: number,
  from: Left | undefined,
  hasTime: () => boolean,
  waitMs = lastingMs,
): Promise<Part> => {
  const differences: Difference[] = [];
  let years = from ? from.years : await yearsIn(generation);
  let place: Place | undefined = from ? from.place : beginning;
  while (years.length > 0 && hasTime()) {
    differences.push(...(await compareViews(generation, years.slice(0, 1), waitMs)));
    years = years.slice(1);
  }
  while (place && years.length === 0 && hasTime()) {
    const part = await compareLedger(generation, place, rowsAtOnce, waitMs);
    differences.push(...part.differences);
    place = part.next;
  }
  return { differences, left: place && { years, place } };
};

/** A full circle, however long it takes. */
export const reconcile = async (
  generation: number,
  waitMs = lastingMs,
): Promise<readonly Difference[]> =>
  (await reconcilePart(generation, undefined, () => true, waitMs)).differences;
