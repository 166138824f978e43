import { baseMetrics, type Metric, metricsOf, type Reason } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { settings } from '../runtime/settings.ts';

export interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly unitZh: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
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
  { lines, estimated }: Metric,
  { byTheme, byUnit, hidden }: Restriction,
): Reason | undefined => {
  if (hidden.has(name) || (estimated && hidden.has(estimated))) return 'small-cell';
  const isOfAreas = lines === 'volunteer' || lines === 'team';
  if (byUnit && (isOfAreas || lines === 'person' || lines === 'partner'))
    return 'not-by-organisation';
  return isOfAreas && byTheme ? 'not-by-theme' : undefined;
};

/** A sum of a measure in the metric's unit: what is weighed is summed in tenths. */
export const inUnits = ({ scale = 1 }: Metric, sum: number): number => sum / scale;

/** The figure of one metric. */
export const figureOf = (
  name: string,
  metric: Metric,
  figures: Measures,
  restriction: Restriction,
): Figure => {
  const { unit, unitZh, aggregation, estimated } = metric;
  const reason = reasonFor(name, metric, restriction);
  const known = (measure: string): number | null => {
    const sum = restriction.hidden.has(measure) ? undefined : figures[measure];
    return sum === undefined ? null : inUnits(metric, sum);
  };
  return {
    value: reason && reason !== 'small-cell' ? null : known(name),
    unit,
    unitZh,
    aggregation,
    ...(estimated ? { estimated: known(estimated) } : {}),
    ...(reason ? { reason } : {}),
  };
};

/** The figures of all metrics. There are many outputs, each for few themes: only reported ones are shown. */
export const figuresOf = (
  figures: Measures,
  restriction: Restriction,
): Readonly<Record<string, Figure>> =>
  Object.fromEntries(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
      const figure = figureOf(name, metric, figures, restriction);
      const isReported =
        figure.value !== null ||
        (figure.estimated ?? null) !== null ||
        figure.reason === 'small-cell';
      return isReported || Object.hasOwn(baseMetrics, name) ? [[name, figure]] : [];
    }),
  );
