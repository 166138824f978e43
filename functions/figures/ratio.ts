import type { Measures } from './packing.ts';

/**
 * Measures that are added, each as many times as is said. `day` stands for the number of the day on which
 * the figure is asked for, from the first of January of its year.
 */
type Terms = Readonly<Record<string, number | 'day'>>;

/**
 * A figure that is divided when it is shown. Lines and documents hold its two parts, which add up; a
 * quotient does not.
 */
export interface Ratio {
  /** Null while nothing is recorded that could be counted. */
  readonly numerator: Terms | null;
  readonly denominator: Terms;
  /** The value when both parts are equal: 100 for percent. */
  readonly times: 1 | 100;
  /** Where the value usually lies. Another one is shown as unusual; nothing follows from it. */
  readonly usual?: { readonly least: number; readonly most: number };
}

/** The two parts of a ratio; null where one is not known. */
export interface RatioParts {
  readonly numerator: number | null;
  readonly denominator: number | null;
}

const added = (terms: Terms, measures: Measures, day: number): number =>
  Object.entries(terms).reduce(
    (sum, [name, times]) => sum + (times === 'day' ? day : times) * (measures[name] ?? 0),
    0,
  );

/** Whether the value depends on the day on which it is asked for. */
export const dependsOnDay = ({ numerator }: Pick<Ratio, 'numerator'>): boolean =>
  numerator !== null && Object.values(numerator).includes('day');

/**
 * What measures add to the two parts of a ratio.
 * @param day as for `partsOf`
 */
export const addedTo = (
  { numerator, denominator }: Pick<Ratio, 'numerator' | 'denominator'>,
  measures: Measures,
  day: number,
): { readonly numerator: number; readonly denominator: number } => ({
  numerator: numerator ? added(numerator, measures, day) : 0,
  denominator: added(denominator, measures, day),
});

/**
 * The parts of a ratio, in sums or in one line. Without anything that it could be a share of, both are
 * unknown.
 * @param day the number of the day on which the figure is asked for, from the first of January of its year
 */
export const partsOf = (
  ratio: Pick<Ratio, 'numerator' | 'denominator'>,
  measures: Measures,
  day: number,
): RatioParts => {
  const parts = addedTo(ratio, measures, day);
  if (parts.denominator === 0) return { numerator: null, denominator: null };
  return ratio.numerator === null ? { ...parts, numerator: null } : parts;
};

/** The quotient with one decimal; null when a part is not known. */
export const quotientOf = (
  { times }: Pick<Ratio, 'times'>,
  { numerator, denominator }: RatioParts,
): number | null =>
  numerator === null || denominator === null
    ? null
    : Math.round((numerator * times * 10) / denominator) / 10;
