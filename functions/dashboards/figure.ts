import { baseMetrics, type Metric, metricsOf } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { settings } from '../runtime/settings.ts';
import type { Reason } from './contract.ts';

export interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
  readonly reason?: Reason;
}

/** Whether figures are those of a theme, or of an organisation or team. */
export interface Restriction {
  readonly byTheme: boolean;
  readonly byUnit: boolean;
}

/** Volunteers and teams have no theme, and persons and partners are not counted by organisation. */
const reasonFor = (
  { lines }: Metric,
  { byTheme, byUnit }: Restriction,
): Reason | undefined => {
  const isOfAreas = lines === 'volunteer' || lines === 'team';
  if (byUnit && (isOfAreas || lines === 'person' || lines === 'partner'))
    return 'not-by-organisation';
  return isOfAreas && byTheme ? 'not-by-theme' : undefined;
};

/** The figure of one metric. */
export const figureOf = (
  name: string,
  metric: Metric,
  figures: Measures,
  restriction: Restriction,
): Figure => {
  const { unit, aggregation, estimated } = metric;
  const reason = reasonFor(metric, restriction);
  return {
    value: reason ? null : (figures[name] ?? null),
    unit,
    aggregation,
    ...(estimated ? { estimated: figures[estimated] ?? null } : {}),
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
      const isReported = figure.value !== null || (figure.estimated ?? null) !== null;
      return isReported || Object.hasOwn(baseMetrics, name) ? [[name, figure]] : [];
    }),
  );
