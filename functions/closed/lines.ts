import type { ChangedFigure, Closed, FigureLine } from '../../events/periods.ts';
import { isOfDay, type Metric } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { addedTo, type Ratio } from '../figures/ratio.ts';
import { addUp, type Sources } from '../totals/add-up.ts';
import { areasIn } from '../totals/documents.ts';
import { inUnits } from '../totals/figure.ts';

type Place = Pick<ChangedFigure, 'metric' | 'areaId' | 'theme'>;
type Metrics = Readonly<Record<string, Metric>>;

const lineOf = (
  [metric, definition]: readonly [string, Metric],
  figures: Measures,
  areaId: string | null,
  theme: string | null,
): readonly FigureLine[] => {
  const { estimated: estimatedMeasure } = definition;
  const value = figures[metric];
  const estimated = estimatedMeasure === undefined ? undefined : figures[estimatedMeasure];
  if (value === undefined && estimated === undefined) return [];
  return [
    {
      ...{ metric, areaId, theme },
      value: value === undefined ? null : inUnits(definition, value),
      ...(estimated === undefined ? {} : { estimated: inUnits(definition, estimated) }),
    },
  ];
};

/** The lines of an event take this many bytes at most, beside which there is room for the rest. */
const bytesOfLines = 24_000;

/**
 * The closed figures as lines: of all, of each theme, and of each area alone. The areas are left out
 * when they do not fit into an event, and always of professional services: an event cannot know which
 * of their figures are small, or would show a small one beside what dashboards publish.
 * @param metrics all metrics of the district
 * @param professional the measures of professional services
 */
export const linesOf = (
  period: string,
  sources: Sources,
  metrics: Metrics,
  professional: readonly string[],
): Pick<Closed, 'figures' | 'areasLeftOut'> => {
  const { figures: whole, themes } = addUp(sources, {
    ...{ period, areaId: null, alone: false, theme: null },
  });
  const all = Object.entries(metrics);
  const ofAll = all.flatMap((metric) => lineOf(metric, whole, null, null));
  const ofThemes = [...themes].flatMap(([theme, { figures }]) =>
    all.flatMap((metric) => lineOf(metric, figures, null, theme)),
  );
  const areas = [...new Set([...areasIn(sources.documents), ...sources.running.keys()])].sort();
  const alone = areas.map((areaId) => {
    const { figures } = addUp(sources, { period, areaId, alone: true, theme: null });
    return { areaId, figures };
  });
  const ofAreas = all
    .filter(([name]) => !professional.includes(name))
    .flatMap((metric) =>
      alone.flatMap(({ areaId, figures }) => lineOf(metric, figures, areaId, null)),
    );
  const lines = [...ofAll, ...ofThemes];
  const fits = JSON.stringify([...lines, ...ofAreas]).length <= bytesOfLines;
  return { figures: fits ? [...lines, ...ofAreas] : lines, areasLeftOut: !fits };
};

/** What measures add to the parts of a ratio; one that nothing is recorded for has no change. */
const changedRatio = (
  ratio: Ratio,
  delta: Measures,
): Omit<ChangedFigure, keyof Place> | undefined => {
  if (ratio.numerator === null) return undefined;
  const parts = addedTo(ratio, delta, 0);
  return parts.numerator === 0 && parts.denominator === 0 ? undefined : { delta: null, ...parts };
};

const changedSum = (
  name: string,
  metric: Metric,
  delta: Measures,
): Omit<ChangedFigure, keyof Place> | undefined => {
  const value = delta[name] ?? 0;
  const estimated = metric.estimated === undefined ? 0 : (delta[metric.estimated] ?? 0);
  if (value === 0 && estimated === 0) return undefined;
  return {
    delta: inUnits(metric, value),
    ...(estimated === 0 ? {} : { estimated: inUnits(metric, estimated) }),
  };
};

/** What measures add to figures, as lines of an area and theme: to sums, and to the parts of ratios. */
export const changesOf = (
  delta: Measures,
  metrics: Metrics,
  areaId: string | null,
  theme: string | null,
): readonly ChangedFigure[] =>
  Object.entries(metrics).flatMap(([metric, definition]): readonly ChangedFigure[] => {
    if (isOfDay(definition)) return [];
    const { ratio } = definition;
    const change = ratio ? changedRatio(ratio, delta) : changedSum(metric, definition, delta);
    return change ? [{ metric, areaId, theme, ...change }] : [];
  });
