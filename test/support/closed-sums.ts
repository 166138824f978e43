import type { ChangedFigure } from '../../events/periods.ts';
import { isOfDay, metricsOf } from '../../functions/figures/metrics.ts';
import type { Measures } from '../../functions/figures/packing.ts';
import { addedTo } from '../../functions/figures/ratio.ts';
import { settings } from '../../functions/runtime/settings.ts';
import { inUnits } from '../../functions/totals/figure.ts';

/**
 * What of a period adds up, in units and under the names that `recompute` gives it: values, their estimated
 * parts, and the two parts of ratios. Left out is who took part, and how long entries wait.
 */
export const addedUp = (figures: Measures): Map<string, number> => {
  const parts = Object.entries(metricsOf(settings().outputs)).flatMap(([name, metric]) => {
    const { aggregation, estimated, ratio } = metric;
    if (aggregation === 'distinct' || ratio?.numerator === null || isOfDay(metric)) return [];
    if (ratio)
      return Object.entries(addedTo(ratio, figures, 0)).map(([part, n]) => [
        `${name} (${part})`,
        n,
      ]);
    const measured = [
      [name, figures[name]],
      ...(estimated ? [[`${name} (estimated)`, figures[estimated]]] : []),
    ];
    return measured.map(([part, n]) => [part, inUnits(metric, Number(n ?? 0))]);
  });
  return new Map(parts as [string, number][]);
};

/** What a change adds, under the names of `addedUp`. */
export const partsOfChange = ({
  metric,
  delta,
  estimated,
  numerator,
  denominator,
}: ChangedFigure) =>
  [
    [metric, delta ?? 0],
    [`${metric} (estimated)`, estimated ?? 0],
    [`${metric} (numerator)`, numerator ?? 0],
    [`${metric} (denominator)`, denominator ?? 0],
  ] as const;
