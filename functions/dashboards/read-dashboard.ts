import { settings } from '../shared/settings.ts';
import { type Cell, runningPartition, runningUpTo } from './cells.ts';
import { baseMetrics, type Metric, metricsOf } from './metrics.ts';
import { queryAll, readTotals, type Totals } from './read-totals.ts';

interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly aggregation: Metric['aggregation'];
  readonly estimated?: number | null;
}
type Figures = Readonly<Record<string, Figure>>;

/** What is known of a measure: its sum, or null when no line says anything about it. */
const known = (totals: Totals | undefined, measure: string): number | null => {
  const { sum, lines } = totals?.get(measure) ?? { sum: 0, lines: 0 };
  return lines > 0 ? sum : null;
};

/** How many were registered up to the end of a period, by area. */
const registeredUpTo = async (period: string): Promise<ReadonlyMap<string, number>> => {
  const areas = await queryAll(runningPartition('volunteersRegistered'));
  return new Map(
    areas.flatMap((item) => {
      const months = runningUpTo(item, period);
      if (months.length === 0) return [];
      return [[String(item.sk), months.reduce((total, [, sum]) => total + sum, 0)] as const];
    }),
  );
};

const figuresOf = (totals: Totals | undefined, registered: number | null): Figures =>
  Object.fromEntries(
    Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
      const { unit, aggregation } = metric;
      const value = metric.running ? registered : known(totals, name);
      // Outputs are many and each belongs to a theme or two: only those reported are shown.
      if (value === null && !Object.hasOwn(baseMetrics, name)) return [];
      const estimated = metric.estimated ? { estimated: known(totals, metric.estimated) } : {};
      return [[name, { value, unit, aggregation, ...estimated }]];
    }),
  );

/**
 * A dashboard: the figures of a cell and their breakdown.
 * Registrations have an area but no theme, so a theme's figures leave them unknown.
 */
export const readDashboard = async (cell: Cell) => {
  const { period, areaId, theme } = cell;
  const [{ own, areas, themes, asOf }, registered] = await Promise.all([
    readTotals(cell),
    theme === null ? registeredUpTo(period) : new Map<string, number>(),
  ]);
  const registeredIn = (area: string | null): number | null => {
    if (area !== null) return registered.get(area) ?? null;
    return registered.size > 0 ? [...registered.values()].reduce((a, b) => a + b, 0) : null;
  };
  // An area in which nothing happened still has its registered volunteers.
  const byArea =
    areaId === null ? [...new Set([...areas.keys(), ...registered.keys()])].sort() : [];
  return {
    period,
    filter: { area: areaId, theme },
    status: 'open' as const,
    asOf,
    metrics: figuresOf(own, registeredIn(areaId)),
    breakdown: {
      area: Object.fromEntries(
        byArea.map((area) => [area, figuresOf(areas.get(area), registeredIn(area))]),
      ),
      theme: Object.fromEntries(
        [...themes.keys()].sort().map((name) => [name, figuresOf(themes.get(name), null)]),
      ),
    },
  };
};
