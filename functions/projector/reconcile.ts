import { beginning, compareLedger } from './circle.ts';
import { compareViews } from './compare-views.ts';
import type { Difference } from './compare-year.ts';
import { yearsIn } from './year-contents.ts';

/** How long a difference must last to be drift: longer than any queue delays an event. */
export const lastingMs = 20_000;

/**
 * A full circle: all years of a generation, each document against what it is made of, and all of the
 * Ledger against the generation.
 */
export const reconcile = async (
  generation: number,
  waitMs = lastingMs,
): Promise<readonly Difference[]> => {
  const documents = await compareViews(generation, await yearsIn(generation), waitMs);
  const { differences } = await compareLedger(
    generation,
    beginning,
    Number.POSITIVE_INFINITY,
    waitMs,
  );
  return [...documents, ...differences];
};
