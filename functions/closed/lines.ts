import type { ChangedFigure, Closed, FigureLine } from '../../events/periods.ts';
import type { Metric } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import { addUp, type Sources } from '../totals/add-up.ts';
import { areasIn } from '../totals/documents.ts';
import { inUnits } from '../totals/figure.ts';

type Metrics = Readonly<Record<string, Metric>>;

/**
 * Metrics of professional services, of which a small number in one area may show who was served: what
 * lawyers, counsellors, mediators, doctors and those who visit people at home report.
 */
const professional =
  /^outputs\.(legalConsultations|casesAssisted|counsellingSessions|disputesMediated|disputesResolved|bloodPressureChecks|glucoseChecks|careVisits\..+|householdsServed\..+)$/;
/** Below this a number of an area is small. */
const smallBelow = 5;

const isProfessional = (metric: string): boolean => professional.test(metric);

/** Whether a figure of an area is too small to be shown to anybody. */
export const isSmall = (metric: string, value: number): boolean =>
  isProfessional(metric) && Math.abs(value) > 0 && Math.abs(value) < smallBelow;

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

const hide = ({ metric, areaId, theme }: FigureLine): FigureLine => ({
  ...{ metric, areaId, theme },
  value: null,
  hidden: true,
});

const sizeOf = ({ value, estimated }: FigureLine): number => (value ?? 0) + (estimated ?? 0);

/**
 * The lines of one metric by area, without small numbers. The areas add up to the whole, which is
 * shown: if one alone is hidden, or the hidden ones together are small, the smallest of the others is
 * hidden too.
 */
const withoutSmall = (lines: readonly FigureLine[]): readonly FigureLine[] => {
  const isHidden = ({ metric, value, estimated }: FigureLine): boolean =>
    isSmall(metric, value ?? 0) || isSmall(metric, estimated ?? 0);
  const hidden = new Set(lines.filter(isHidden));
  if (hidden.size === 0) return lines;
  const rest = lines.filter((line) => !hidden.has(line) && sizeOf(line) > 0);
  rest.sort((a, b) => sizeOf(a) - sizeOf(b));
  const sum = () => [...hidden].reduce((all, line) => all + sizeOf(line), 0);
  const areBlended = () => hidden.size > 1 && sum() >= smallBelow;
  for (const line of rest) {
    if (areBlended()) break;
    hidden.add(line);
  }
  // The whole would say what the hidden ones are: then not even their areas are said.
  if (!areBlended()) return lines.filter((line) => !hidden.has(line));
  return lines.map((line) => (hidden.has(line) ? hide(line) : line));
};

/** The lines of an event take this many bytes at most, beside which there is room for the rest. */
const bytesOfLines = 24_000;

/**
 * The closed figures as lines: of all, of each theme, and of each area alone. The areas are left out
 * when they do not fit into an event.
 * @param metrics all metrics of the district
 */
export const linesOf = (
  period: string,
  sources: Sources,
  metrics: Metrics,
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
  const ofAreas = all.flatMap((metric) =>
    withoutSmall(alone.flatMap(({ areaId, figures }) => lineOf(metric, figures, areaId, null))),
  );
  const lines = [...ofAll, ...ofThemes];
  const fits = JSON.stringify([...lines, ...ofAreas]).length <= bytesOfLines;
  return { figures: fits ? [...lines, ...ofAreas] : lines, areasLeftOut: !fits };
};

/** What measures add to figures, as lines of an area and theme. */
export const changesOf = (
  delta: Measures,
  metrics: Metrics,
  areaId: string | null,
  theme: string | null,
): readonly ChangedFigure[] =>
  Object.entries(metrics).flatMap(([metric, definition]): readonly ChangedFigure[] => {
    const value = delta[metric] ?? 0;
    const estimated = definition.estimated === undefined ? 0 : (delta[definition.estimated] ?? 0);
    if (value === 0 && estimated === 0) return [];
    return [
      {
        ...{ metric, areaId, theme },
        delta: inUnits(definition, value),
        ...(estimated === 0 ? {} : { estimated: inUnits(definition, estimated) }),
      },
    ];
  });
