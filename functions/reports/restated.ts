import { catalogue, type EventType } from '../../events/catalogue.ts';
import {
  isAfter,
  type ListedRestatement,
  newestRestatementOf,
  type readClosed,
  restatementsOf,
} from '../closed/read-closed.ts';
import { readVersions } from '../closed/store.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import { monthsOf } from '../runtime/calendar.ts';
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
  /** What the close of the year read; null where there was none, or of a month's own report. */
  readonly year: Versions | null;
}

const valueIn = (figures: PeriodFigures, measure: string, metric: Metric): number | null => {
  const sum = figures.at(whole)[measure];
  return sum === undefined ? null : inUnits(metric, sum);
};

/** The version at which a closed year has read each aggregate, by `<type>#<id>`. */
type Versions = Awaited<ReturnType<typeof readVersions>>;

/** What a restatement says of a figure of the whole month. */
const correctionOf = (
  restatement: ListedRestatement,
  figure: Pick<Restated, 'metric' | 'isEstimate' | 'old' | 'now'>,
  year: Versions | null,
): Restated => {
  const { closedPeriod, madeOn, reason, actor, cause } = restatement;
  const { summary } = catalogue[cause.type as EventType] ?? {};
  return {
    ...{ closedPeriod, madeOn, ...figure },
    isAfterYear: year && isAfter(restatement, year),
    ...{ cause: summary ?? { zh: cause.type, en: cause.type }, reason, role: actor.role },
  };
};

/** A measure of a metric, and whether it is the estimated one. */
const measuresOf = (
  name: string,
  { estimated }: Metric,
): readonly (readonly [measure: string, isEstimate: boolean])[] => [
  [name, false],
  ...(estimated === undefined ? [] : [[estimated, true] as const]),
];

/**
 * Whether the reason of a change is not told: it may say where or who, which is not published of professional services.
 * So it is of every change of an activity in a theme with such a service, whatever figure it changes.
 */
const withoutReasons = (
  restatements: readonly ListedRestatement[],
  ofServices: ReadonlySet<string>,
  { then, now }: Pick<Sides, 'then' | 'now'>,
): ((restatement: ListedRestatement) => boolean) => {
  const changed = new Set(
    restatements.flatMap(({ changes }) =>
      changes.flatMap(({ metric, theme }) => (ofServices.has(metric) ? [theme] : [])),
    ),
  );
  const hasService = (theme: string): boolean =>
    changed.has(theme) ||
    [then, now].some((figures) =>
      Object.keys(figures.at({ ...whole, theme })).some((measure) => ofServices.has(measure)),
    );
  return ({ cause, changes }) =>
    cause.aggregate.type === 'activity' &&
    changes.some(({ theme }) => theme !== null && hasService(theme));
};

/** Said of what more changes than are read add up to. */
const together = { zh: '此后各次更正合计', en: 'all later corrections together' };

/**
 * The changes of one closed month, line by line, with the whole figure before and after each. What adds up is
 * followed from one change to the next, counted and estimated apart. Where persons or partners are counted, only
 * the last change says old and new, because the same person may have been there by another line. So it is of
 * professional services, where one change may be about one person.
 * @param newest the last change of the month, when there are more changes than are read: it dates the line that
 * tells all the others together
 */
const restatedOf = (
  given: readonly ListedRestatement[],
  newest: ListedRestatement | undefined,
  { then, now, year }: Sides,
): readonly Restated[] => {
  const metrics = metricsOf(settings().outputs);
  const ofServices = new Set(professionalMeasures());
  const silent = withoutReasons(given, ofServices, { then, now });
  const restatements = given.map((each) => (silent(each) ? { ...each, reason: null } : each));
  // What else changed with a professional service: the people who were served are those of the service.
  const professional = new Set([
    ...ofServices,
    ...restatements
      .map(({ changes }) => changes.map(({ metric }) => metric))
      .filter((names) => names.some((name) => ofServices.has(name)))
      .flat(),
  ]);
  const running = new Map<string, number | null>();
  const lastOf = new Map<string, ListedRestatement>();
  /** What one change adds to a measure, which is followed from what the month was closed with. */
  const step = (
    restatement: ListedRestatement,
    measure: string,
    figure: { readonly name: string; readonly metric: Metric; readonly isEstimate: boolean },
    delta: number,
  ): readonly Restated[] => {
    if (delta === 0) return [];
    const { name, metric, isEstimate } = figure;
    const old = running.get(measure) ?? valueIn(then, measure, metric);
    const next = tenths((old ?? 0) + delta);
    running.set(measure, next);
    return [correctionOf(restatement, { metric: name, isEstimate, old, now: next }, year)];
  };
  const lines = restatements.flatMap((restatement) =>
    [...Map.groupBy(restatement.changes, ({ metric }) => metric)].flatMap(([name, changes]) => {
      const metric = metrics[name];
      if (!metric || metric.aggregation === 'ratio') return [];
      if (metric.aggregation === 'distinct' || professional.has(name)) {
        lastOf.set(name, restatement);
        return [];
      }
      const sumOf = (part: 'delta' | 'estimated'): number =>
        tenths(changes.reduce((sum, change) => sum + (change[part] ?? 0), 0));
      return measuresOf(name, metric).flatMap(([measure, isEstimate]) =>
        step(
          restatement,
          measure,
          { name, metric, isEstimate },
          sumOf(isEstimate ? 'estimated' : 'delta'),
        ),
      );
    }),
  );
  const atOnce = [...lastOf].flatMap(([name, restatement]) => {
    const metric = metrics[name] as Metric;
    const measures = measuresOf(name, metric);
    // What else changed with a professional service says no reason either.
    const told = professional.has(name) ? { ...restatement, reason: null } : restatement;
    return measures.flatMap(([measure, isEstimate]) => {
      const [old, current] = [valueIn(then, measure, metric), valueIn(now, measure, metric)];
      return old === current
        ? []
        : [correctionOf(told, { metric: name, isEstimate, old, now: current }, year)];
    });
  });
  const others = !newest
    ? []
    : Object.entries(metrics)
        .filter(([name, { aggregation }]) => !(aggregation === 'ratio' || lastOf.has(name)))
        .flatMap(([name, metric]) =>
          measuresOf(name, metric).flatMap(([measure, isEstimate]) => {
            const old = running.get(measure) ?? valueIn(then, measure, metric);
            const current = valueIn(now, measure, metric);
            return old === current
              ? []
              : [
                  {
                    ...correctionOf(newest, { metric: name, isEstimate, old, now: current }, year),
                    ...{ cause: together, reason: null },
                  },
                ];
          }),
        );
  return [...lines, ...others, ...atOnce];
};

/**
 * What changed in a closed month, or in the closed months of a year, since their close.
 * @param readLive the figures of a period as they are now
 * @param closedOf what a period was closed with
 */
export const readRestated = async (
  period: string,
  readLive: (period: string) => Promise<PeriodFigures>,
  closedOf: typeof readClosed,
): Promise<readonly Restated[]> => {
  const isYear = period.length === 4;
  const months = isYear ? monthsOf(period) : [period];
  const closedYear = isYear ? await closedOf(period) : undefined;
  const year = closedYear ? await readVersions(closedYear.run) : null;
  const all = await Promise.all(
    months.map(async (month) => {
      const [{ first, areAll }, closed] = await Promise.all([
        restatementsOf(month),
        closedOf(month),
      ]);
      if (!closed || first.length === 0) return [];
      const then = periodFigures(month, closed.sources);
      const newest = areAll ? undefined : await newestRestatementOf(month);
      return restatedOf(first, newest, { then, now: await readLive(month), year });
    }),
  );
  // What the year's figures are without comes first: it is what a reader of the year has not seen.
  return all.flat().sort((a, b) => Number(b.isAfterYear) - Number(a.isAfterYear));
};
