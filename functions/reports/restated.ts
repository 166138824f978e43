import type { Restatement } from '../../events/periods.ts';
import { readClosed, restatementsOf } from '../closed/read-closed.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import { settings } from '../runtime/settings.ts';
import { inUnits } from '../totals/figure.ts';
import type { PeriodFigures, Restated } from './material.ts';
import { periodFigures } from './period-figures.ts';

const whole = { areaId: null, alone: false, theme: null } as const;

/** What a closed month was closed with, and what it is now, of the whole district. */
interface Sides {
  readonly then: PeriodFigures;
  readonly now: PeriodFigures;
}

const valueIn = (figures: PeriodFigures, name: string, metric: Metric): number | null => {
  const sum = figures.at(whole)[name];
  return sum === undefined ? null : inUnits(metric, sum);
};

/**
 * The changes of one closed month, line by line, with the whole figure before and after each. What adds up is
 * followed from one change to the next. Where persons or partners are counted, only the last change says old
 * and new, because the same person may have been there by another line.
 */
const restatedOf = (
  month: string,
  restatements: readonly Restatement[],
  { then, now }: Sides,
): readonly Restated[] => {
  const metrics = metricsOf(settings().outputs);
  const running = new Map<string, number | null>();
  const of = (name: string, metric: Metric): number | null =>
    running.has(name) ? (running.get(name) ?? null) : valueIn(then, name, metric);
  const lastOf = new Map<string, Restatement>();
  const lines = restatements.flatMap((restatement) => {
    const { madeOn, reason, actor, changes } = restatement;
    return [...Map.groupBy(changes, ({ metric }) => metric)].flatMap(([name, all]) => {
      const metric = metrics[name];
      if (!metric || metric.aggregation === 'ratio') return [];
      if (metric.aggregation === 'distinct') {
        lastOf.set(name, restatement);
        return [];
      }
      const delta = all.reduce((sum, change) => sum + (change.delta ?? 0), 0);
      const old = of(name, metric);
      if (delta === 0) return [];
      running.set(name, (old ?? 0) + delta);
      return [
        {
          ...{ closedPeriod: month, madeOn, metric: name, areaId: null, theme: null },
          ...{ old, now: (old ?? 0) + delta, reason, role: actor.role },
        },
      ];
    });
  });
  const counted = [...lastOf].flatMap(([name, { madeOn, reason, actor }]) => {
    const metric = metrics[name] as Metric;
    const [old, current] = [valueIn(then, name, metric), valueIn(now, name, metric)];
    return old === current
      ? []
      : [
          {
            ...{ closedPeriod: month, madeOn, metric: name, areaId: null, theme: null },
            ...{ old, now: current, reason, role: actor.role },
          },
        ];
  });
  return [...lines, ...counted];
};

/**
 * What changed in a closed month, or in the closed months of a year, since their close.
 * @param readLive the figures of a period as they are now
 */
export const readRestated = async (
  period: string,
  readLive: (period: string) => Promise<PeriodFigures>,
): Promise<readonly Restated[]> => {
  const months = [...Map.groupBy(await restatementsOf(period), ({ closedPeriod }) => closedPeriod)];
  const all = await Promise.all(
    months.map(async ([month, restatements]) => {
      const closed = await readClosed(month);
      if (!closed) return [];
      const inOrder = [...restatements].sort((a, b) => (a.madeOn < b.madeOn ? -1 : 1));
      const then = periodFigures(month, closed.sources);
      return restatedOf(month, inOrder, { then, now: await readLive(month) });
    }),
  );
  return all.flat();
};
