import type * as z from 'zod';
import { dimensionsOf, linesPartition } from '../figures/line-key.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import {
  isYear,
  type Place,
  runningPartition,
  runningPrefixOf,
  runningUpTo,
} from '../figures/totals.ts';
import { Problem } from '../refusals/problem.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { Contribution } from '../views/projection.ts';
import { listItems, type ViewItem } from '../views/views.ts';
import type { dashboards } from './contract.ts';
import { queryAll } from './read-totals.ts';

interface LinesQuery {
  readonly period: string;
  readonly metric: string;
  readonly area?: string | undefined;
  readonly theme?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The periods whose lines make up a figure, in order. */
const periodsOf = async (metric: Metric, period: string) => {
  if (metric.running) return registrationMonths(metric.running, period);
  if (!isYear(period) || metric.aggregation === 'distinct') return [period];
  return monthsOf(period);
};

/** The months up to the end of the period in which anything was registered. */
const registrationMonths = async (measure: string, period: string): Promise<readonly string[]> => {
  const areas = await queryAll(runningPartition, runningPrefixOf(measure));
  const months = areas.flatMap((item) => runningUpTo(item, period).map(([month]) => month));
  return [...new Set(months)].sort();
};

const sortOf = (name: string, { lines }: Metric): string => (lines === 'presence' ? name : lines);

/** The lines of one sort are ordered by area, theme and id, so a prefix selects an area's lines. */
const prefixOf = ({ aggregation }: Metric, area?: string, theme?: string): string => {
  if (aggregation === 'distinct' || area === undefined) return '';
  return theme === undefined ? `${area}#` : `${area}#${theme}#`;
};

const conditionsOf = (name: string, metric: Metric, area?: string, theme?: string) => {
  if (metric.aggregation === 'distinct') return [];
  const dimensions = metric.lines === 'presence' ? 'place' : 'row';
  const told = metric.lines !== 'presence' && !metric.estimated;
  return [
    ...(told ? [{ path: ['contribution', 'measures', metric.running ?? name] }] : []),
    ...(theme === undefined ? [] : [{ path: [dimensions, 'theme'], equals: theme }]),
    ...(area === undefined ? [] : [{ path: [dimensions, 'areaId'], equals: area }]),
  ];
};

/** Whether one of the areas and themes of a presence fits. */
const isThere = ({ lines }: ViewItem, area?: string, theme?: string): boolean =>
  Object.entries((lines ?? {}) as Readonly<Record<string, number>>).some(([at, count]) => {
    const [itsArea, itsTheme] = at.split('|');
    return count > 0 && (!area || itsArea === area) && (!theme || itsTheme === theme);
  });

type Line = z.input<typeof dashboards.listMonthLines.answer>['items'][number];

/** An item of the index of lines as one line behind a figure. */
export const lineOf = (item: ViewItem, name: string, metric: Metric, period: string): Line => {
  const { contribution, place } = item as {
    contribution?: Pick<Contribution, 'measures' | 'until'>;
    place?: Place | null;
  };
  const dimensions = dimensionsOf(item);
  // A member who is present in several areas and themes has no single one here.
  const { areaId, theme } = contribution ? dimensions : (place ?? { areaId: null, theme: null });
  const where = { month: dimensions.month, area: areaId, theme };
  if (metric.lines === 'presence')
    return {
      ...where,
      id: String(item.member),
      kind: 'presence',
      value: 1,
      version: null,
      recordedAt: null,
      entry: { lines: item.lines },
    };
  const measure = metric.running ?? name;
  const last = isYear(period) ? `${period}-12` : period;
  const ended = metric.running !== undefined && (contribution?.until ?? '9') <= last;
  const { scale = 1 } = metric;
  const sum = contribution?.measures[measure];
  const estimated = metric.estimated ? contribution?.measures[metric.estimated] : undefined;
  return {
    ...where,
    id: String(item.id),
    kind: metric.lines.split('.')[0] ?? '',
    value: ended || sum === undefined ? null : sum / scale,
    ...(estimated === undefined ? {} : { estimated: estimated / scale }),
    version: item.version as number,
    recordedAt: item.recordedAt as string,
    entry: item.row as Readonly<Record<string, unknown>>,
  };
};

/** The cursor consists of a period and the cursor within that period's lines. */
const split = (cursor: string | undefined, periods: readonly string[]) => {
  if (cursor === undefined) return { at: 0, inner: undefined };
  const [period = '', inner = ''] = cursor.split('.');
  const at = periods.indexOf(period);
  if (at < 0) throw new Problem('invalid-cursor');
  return { at, inner: inner || undefined };
};

/** @throws Problem `unknown-metric` */
export const metricOf = (name: string): Metric => {
  const metrics = metricsOf(settings().outputs);
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (!metric) throw new Problem('unknown-metric', { metric: name });
  return metric;
};

/** The maximum of queries for one page: twelve months of a year, and some more. */
const maxReads = 16;

/**
 * One page of the lines behind a figure. The values of all pages add up to the figure. A page reads
 * a bounded number of lines, so it may have fewer lines than its limit, or none, and still have a
 * `next`.
 * @throws Problem `unknown-metric`, `invalid-cursor`
 */
export const listLines = async ({
  period,
  metric: name,
  area,
  theme,
  limit,
  cursor,
}: LinesQuery) => {
  const metric = metricOf(name);
  const periods = await periodsOf(metric, period);
  const start = split(cursor, periods);
  const items: Line[] = [];
  let { at, inner } = start;
  for (let reads = 0; at < periods.length && items.length < limit && reads < maxReads; ) {
    const page = await listItems({
      index: 'lines',
      partition: linesPartition(periods[at] ?? '', sortOf(name, metric)),
      prefix: prefixOf(metric, area, theme),
      where: conditionsOf(name, metric, area, theme),
      accepts: (item) => {
        const { value, estimated } = lineOf(item, name, metric, period);
        const fits = metric.aggregation !== 'distinct' || isThere(item, area, theme);
        return fits && (value !== null || estimated !== undefined);
      },
      limit: limit - items.length,
      cursor: inner,
      reads: maxReads - reads,
    });
    items.push(...page.items.map((item) => lineOf(item, name, metric, period)));
    reads += page.reads;
    inner = page.next ?? undefined;
    if (!inner) at += 1;
  }
  const next = at < periods.length ? `${periods[at]}.${inner ?? ''}` : null;
  return { period, metric: name, unit: metric.unit, unitZh: metric.unitZh, items, next };
};
