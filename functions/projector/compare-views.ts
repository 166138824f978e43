import { compareStanding } from './compare-standing.ts';
import { compareYear, type Difference } from './compare-year.ts';
import { lasting } from './lasting.ts';
import { readYearContents } from './year-contents.ts';

/** Compares the documents of these years, and the running figures, each with what it is made of. */
export const compareViews = async (
  generation: number,
  years: readonly string[],
  waitMs: number,
): Promise<readonly Difference[]> => {
  const differences: Difference[] = [];
  // One year after the other: a year is the most that is kept in memory.
  for (const year of years)
    differences.push(
      ...(await lasting(async () => compareYear(await readYearContents(generation, year)), waitMs)),
    );
  return [...differences, ...(await lasting(() => compareStanding(generation), waitMs))];
};
