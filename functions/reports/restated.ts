import { catalogue, type EventType } from '../../events/catalogue.ts';
import type { Restatement } from '../../events/periods.ts';
import { readClosed, restatementsOf } from '../closed/read-closed.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import { settings } from '../runtime/settings.ts';
import { inUnits } from '../totals/figure.ts';
import { professionalMeasures } from '../totals/hidden-figures.ts';
import type { PeriodFigures, Restated } from './material.ts';
import { tenths } from './numbers.ts';
import { periodFigures } from './period-figures.ts';

const whole = { areaId: null, alone: false, theme: null } as const;

/** What a closed month was closed with, and what it is now, of the whole district. */
interface Sides {
  readonly then: PeriodFigures;
  readonly now: PeriodFigures;
}

const valueIn = (figures: PeriodFigures, measure: string, metric: Metric): number | null => {
  const sum = figures.at(whole)[measure];
  return sum === undefined ? null : inUnits(metric, sum);
};

/** What a restatement says of a figure of the whole month. */
const correctionOf = (
  { closedPeriod, madeOn, reason, actor, cause }: Restatement,
  figure: Pick<Restated, 'metric' | 'isEstimate' | 'old' | 'now'>,
): Restated => {
  const { summary } = catalogue[cause.type as EventType] ?? {};
  return {
    ...{ closedPeriod, madeOn, areaId: null, theme: null, ...figure },
    ...{ cause: summary ?? { zh: cause.type, en: cause.type }, reason, role: actor.role },
  };
};

/**
 * The changes of one closed month, line by line, with the whole figure before and after each. What adds up is
 * followed from one change to the next, counted and estimated apart. Where persons or partners are counted, only
 * the last change says old and new, because the same person may have been there by another line. So it is of
 * professional services, where one change may be about one person.
 */
const restatedOf = (
  restatements: readonly Restatement[],
  { then, now }: Sides,
): readonly Restated[] => {
  const metrics = metricsOf(settings().outputs);
  const professional = new Set(professionalMeasures());
  const running = new Map<string, number | null>();
  const lastOf = new Map<string, Restatement>();
  /** What one change adds to a measure, which is followed from what the month was closed with. */
  const step = (
    restatement: Restatement,
    measure: string,
    figure: { readonly name: string; readonly metric: Metric; readonly isEstimate: boolean },
    delta: number,
  ): readonly Restated[] => {
    if (delta === 0) return [];
    const { name, metric, isEstimate } = figure;
    const old = running.get(measure) ?? valueIn(then, measure, metric);
    const next = tenths((old ?? 0) + delta);
    running.set(measure, next);
    return [correctionOf(restatement, { metric: name, isEstimate, old, now: next })];
  };
  const lines = restatements.flatMap((restatement) =>
    [...Map.groupBy(restatement.changes, ({ metric }) => metric)].flatMap(([name, changes]) => {
      const metric = metrics[name];
      if (!metric || metric.aggregation === 'ratio') return [];
      if (metric.aggregation === 'distinct' || professional.has(name)) {
        lastOf.set(name, restatement);
        return [];
      }
      const { estimated } = metric;
      const sumOf = (part: 'delta' | 'estimated'): number =>
        tenths(changes.reduce((sum, change) => sum + (change[part] ?? 0), 0));
      return [
        ...step(restatement, name, { name, metric, isEstimate: false }, sumOf('delta')),
        ...(estimated === undefined
          ? []
          : step(restatement, estimated, { name, metric, isEstimate: true }, sumOf('estimated'))),
      ];
    }),
  );
  const atOnce = [...lastOf].flatMap(([name, restatement]) => {
    const metric = metrics[name] as Metric;
    const { estimated } = metric;
    const measures = [[name, false] as const, ...(estimated ? [[estimated, true] as const] : [])];
    // A reason may say where, which is not published of professional services.
    const told = professional.has(name) ? { ...restatement, reason: null } : restatement;
    return measures.flatMap(([measure, isEstimate]) => {
      const [old, current] = [valueIn(then, measure, metric), valueIn(now, measure, metric)];
      return old === current
        ? []
        : [correctionOf(told, { metric: name, isEstimate, old, now: current })];
    });
  });
  return [...lines, ...atOnce];
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
      const then = periodFigures(month, closed.sources);
      return restatedOf(restatements, { then, now: await readLive(month) });
    }),
  );
  return all.flat();
};
