import { baseMetrics, type Metric, metricsOf, type Reason } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { partsOf, quotientOf, type Ratio, type RatioParts } from '../figures/ratio.ts';
import { settings } from '../runtime/settings.ts';

export interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly unitZh: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
  /** Of a ratio: what is divided by what. */
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  /** Of a ratio that usually lies within bounds: these, and whether it does not. */
  readonly usual?: NonNullable<Ratio['usual']>;
  readonly isUnusual?: boolean;
  readonly reason?: Reason;
}

/** For those who see everything. */
export const noneHidden: ReadonlySet<string> = new Set();

/** Whether figures are those of a theme, or of an organisation or team; and the measures that are not shown. */
export interface Restriction {
  readonly byTheme: boolean;
  readonly byUnit: boolean;
  readonly hidden: ReadonlySet<string>;
}

/** Volunteers and teams have no theme, and persons and partners are not counted by organisation. */
const reasonFor = (
  name: string,
  { lines, ratio, estimated }: Metric,
  { byTheme, byUnit, hidden }: Restriction,
): Reason | undefined => {
  if (ratio?.numerator === null) return 'not-recorded';
  if (hidden.has(name) || (estimated && hidden.has(estimated))) return 'small-cell';
  const isOfAreas = lines === 'volunteer' || lines === 'team';
  if (byUnit && (isOfAreas || lines === 'person' || lines === 'partner'))
    return 'not-by-organisation';
  return isOfAreas && byTheme ? 'not-by-theme' : undefined;
};

/** A sum of a measure in the metric's unit: what is weighed is summed in tenths. */
export const inUnits = ({ scale = 1 }: Metric, sum: number): number => sum / scale;

/** A ratio as it is shown: its quotient beside its two parts. */
const shownRatio = ({ usual, ...ratio }: Ratio, parts: RatioParts) => {
  const value = quotientOf(ratio, parts);
  const isUnusual = usual && value !== null && (value < usual.least || value > usual.most);
  return { value, ...parts, ...(usual ? { usual, isUnusual: isUnusual ?? false } : {}) };
};

/**
 * The figure of one metric.
 * @param day the number of the day on which it is asked for, from the first of January of its year
 */
export const figureOf = (
  name: string,
  metric: Metric,
  figures: Measures,
  restriction: Restriction,
  day: number,
): Figure => {
  const { unit, unitZh, aggregation, estimated, ratio } = metric;
  const reason = reasonFor(name, metric, restriction);
  const known = (measure: string): number | null => {
    const sum = restriction.hidden.has(measure) ? undefined : figures[measure];
    return sum === undefined ? null : inUnits(metric, sum);
  };
  return {
    ...(ratio
      ? shownRatio(ratio, partsOf(ratio, figures, day))
      : { value: reason && reason !== 'small-cell' ? null : known(name) }),
    unit,
    unitZh,
    aggregation,
    ...(estimated ? { estimated: known(estimated) } : {}),
    ...(reason ? { reason } : {}),
  };
};

/**
 * The figures of all metrics. There are many outputs, each for few themes: only reported ones are shown.
 * @param day the number of the day on which they are asked for, from the first of January of their year
 */
export const figuresOf = (
  figures: Measures,
  restriction: Restriction,
  day: number,
): Readonly<Record<string, Figure>> =>
  Object.fromEntries(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
      const figure = figureOf(name, metric, figures, restriction, day);
      const isReported =
        figure.value !== null ||
        (figure.estimated ?? null) !== null ||
        figure.reason === 'small-cell';
      return isReported || Object.hasOwn(baseMetrics, name) ? [[name, figure]] : [];
    }),
  );
