import { baseMetrics, type Metric, metricsOf } from '../figures/metrics.ts';
import { runningOf, runningPartition, runningUpTo, type TotalsScope } from '../figures/totals.ts';
import { settings } from '../runtime/settings.ts';
import { queryAll, readTotals, type Totals } from './read-totals.ts';

interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly unitZh: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
}
type Figures = Readonly<Record<string, Figure>>;

/** A measure's sum, in units of `scale` of the measure; null when no line has the measure. */
const known = (totals: Totals | undefined, measure: string, scale = 1): number | null => {
  const { sum, lines } = totals?.get(measure) ?? { sum: 0, lines: 0 };
  return lines > 0 ? sum / scale : null;
};

/** The number of volunteers and of teams at the end of a period, by measure and area. */
const standingAt = async (
  period: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> => {
  const standing = new Map<string, Map<string, number>>();
  for (const item of await queryAll(runningPartition)) {
    const { measure, area } = runningOf(String(item.sk));
    const months = runningUpTo(item, period);
    const areas = standing.get(measure) ?? new Map<string, number>();
    standing.set(measure, areas);
    if (months.length > 0)
      areas.set(
        area,
        months.reduce((total, [, sum]) => total + sum, 0),
      );
  }
  return standing;
};

const figuresOf = (
  totals: Totals | undefined,
  standing: (measure: string) => number | null,
): Figures =>
  Object.fromEntries(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
      const { unit, unitZh, aggregation } = metric;
      const value = metric.running ? standing(metric.running) : known(totals, name, metric.scale);
      const estimate = metric.estimated ? known(totals, metric.estimated, metric.scale) : null;
      // There are many outputs, each for one or two themes, so only reported ones are shown.
      if (value === null && estimate === null && !Object.hasOwn(baseMetrics, name)) return [];
      const estimated = metric.estimated ? { estimated: estimate } : {};
      return [[name, { value, unit, unitZh, aggregation, ...estimated }]];
    }),
  );

/**
 * A dashboard: the figures of a cell and their breakdown. Volunteers and teams have an area but no
 * theme, so their figures are null when a theme is asked for.
 */
export const readDashboard = async (cell: TotalsScope) => {
  const { period, areaId, theme } = cell;
  const [{ own, areas, themes, asOf }, standing] = await Promise.all([
    readTotals(cell),
    theme === null ? standingAt(period) : new Map<string, ReadonlyMap<string, number>>(),
  ]);
  const standingIn =
    (area: string | null) =>
    (measure: string): number | null => {
      const byArea = standing.get(measure) ?? new Map<string, number>();
      if (area !== null) return byArea.get(area) ?? null;
      return byArea.size > 0 ? [...byArea.values()].reduce((a, b) => a + b, 0) : null;
    };
  const standingAreas = [...standing.values()].flatMap((byArea) => [...byArea.keys()]);
  // An area without activities still has registered volunteers and teams.
  const byArea = areaId === null ? [...new Set([...areas.keys(), ...standingAreas])].sort() : [];
  return {
    period,
    filter: { area: areaId, theme },
    status: 'open' as const,
    asOf,
    metrics: figuresOf(own, standingIn(areaId)),
    breakdown: {
      area: Object.fromEntries(
        byArea.map((area) => [area, figuresOf(areas.get(area), standingIn(area))]),
      ),
      theme: Object.fromEntries(
        [...themes.keys()].sort().map((name) => [name, figuresOf(themes.get(name), () => null)]),
      ),
    },
  };
};
