import { later } from '../figures/documents.ts';
import { type Metric, metricsOf } from '../figures/metrics.ts';
import { quotientOf } from '../figures/ratio.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { Problem } from '../refusals/problem.ts';
import { dayNumber, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { addUp, areasOf, type Cell } from '../totals/add-up.ts';
import { type Figure, figureOf, inUnits, noneHidden } from '../totals/figure.ts';
import { readPages } from '../totals/read-documents.ts';
import { checkTheme, onlyArea, readSources, treeFor } from '../totals/sources.ts';
import { documentsOf, linesIn, revisionOf } from './document-lines.ts';
import type { Line } from './line.ts';
import { memberPage } from './member-lines.ts';

export interface LinesQuery {
  readonly cell: Cell;
  /** The local date. */
  readonly today: string;
  readonly metric: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** @throws Problem `unknown-metric` */
const metricOf = (name: string): Metric => {
  const metrics = metricsOf(settings().outputs);
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (!metric) throw new Problem('unknown-metric', { metric: name });
  return metric;
};

/** The names of a list: a cursor is good only where all of them are the same. */
const nameOf = ({ cell, metric }: LinesQuery): readonly string[] => [
  metric,
  cell.period,
  cell.areaId ?? '',
  String(cell.alone),
  cell.theme ?? '',
];

const sumOf = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length > 0 ? known.reduce((total, value) => total + value, 0) : null;
};

interface Page extends Partial<Pick<Figure, 'numerator' | 'denominator'>> {
  readonly value: number | null;
  readonly estimated: number | null;
  readonly asOf: string | null;
  readonly restarted: boolean;
  readonly lines: readonly Line[];
  readonly next: string | null;
}

/** What the lines add up to. */
const sumsOf = (
  { ratio }: Metric,
  lines: readonly Line[],
): Omit<Page, 'asOf' | 'restarted' | 'lines' | 'next'> => {
  const estimated = sumOf(lines.map((line) => line.estimated));
  if (!ratio) return { value: sumOf(lines.map(({ value }) => value)), estimated };
  const numerator = sumOf(lines.map((line) => line.numerator));
  const denominator = sumOf(lines.map((line) => line.denominator));
  return {
    value: quotientOf(ratio, { numerator, denominator }),
    estimated,
    numerator,
    denominator,
  };
};

/**
 * The lines of sheets or activities. All documents of the cell are read for every page, and the figure
 * is the sum of what they hold. A page whose documents are not those of the page before is the first
 * page again, and says so.
 */
const documentPage = async (
  { cell, today, metric: name, limit }: LinesQuery,
  metric: Metric,
  position: string | null,
): Promise<Page> => {
  const tree = await treeFor(cell);
  const pages = await readPages(cell.period, onlyArea(tree, cell));
  const areas =
    cell.areaId === null ? null : new Set(cell.alone ? [cell.areaId] : tree.within(cell.areaId));
  const inCell = pages.filter(({ areaId }) => areas === null || areas.has(areaId));
  await checkTheme(cell);
  const read = inCell.filter(({ kind }) => kind === documentsOf(metric));
  const day = dayNumber(today, yearOf(cell.period));
  const lines = linesIn(read, cell, { name, metric, day });
  const revision = revisionOf(read);
  const [before = '', from = '0'] = position?.split('~') ?? [];
  const restarted = position !== null && before !== revision;
  const start = restarted ? 0 : Number(from);
  if (!Number.isInteger(start) || start < 0) throw new Problem('invalid-cursor');
  const asOf = read.map(({ page }) => page.asOf).reduce(later, '');
  const end = start + limit;
  return {
    ...sumsOf(metric, lines),
    asOf: asOf || null,
    restarted,
    lines: lines.slice(start, end),
    next: end < lines.length ? `${revision}~${end}` : null,
  };
};

/** The lines of members, beside the figure that they add up to when nothing is on its way. */
const listedMembers = async (
  { cell, today, metric: name, limit }: LinesQuery,
  metric: Metric,
  kind: Exclude<Metric['lines'], 'sheet' | 'activity'>,
  position: string | null,
): Promise<Page> => {
  const sources = await readSources(cell, null);
  const { figures, asOf } = addUp(sources, cell);
  const restriction = { byTheme: cell.theme !== null, byUnit: false, hidden: noneHidden };
  const day = dayNumber(today, yearOf(cell.period));
  const { value, reason } = figureOf(name, metric, figures, restriction, day);
  const { period, theme } = cell;
  const listed = { metric: name, period, theme, areas: areasOf(sources, cell) };
  const { lines, next } = reason
    ? { lines: [], next: null }
    : await memberPage(kind, listed, position, limit);
  return { value, estimated: null, asOf: asOf || null, restarted: false, lines, next };
};

/**
 * One page of the lines behind a figure. The values of all pages add up to the figure.
 * @throws Problem `unknown-metric`, `invalid-cursor`
 * @throws Rejection `not-found` for an unknown area or theme
 */
export const listLines = async (query: LinesQuery) => {
  const { cell, metric: name, cursor } = query;
  const metric = metricOf(name);
  const list = nameOf(query);
  const position = cursor === undefined ? null : decodeCursor(list, cursor);
  const { lines: kind, unit, unitZh } = metric;
  const shown = (sum: number | null): number | null => (sum === null ? null : inUnits(metric, sum));
  const page =
    kind === 'sheet' || kind === 'activity'
      ? await documentPage(query, metric, position)
      : await listedMembers(query, metric, kind, position);
  return {
    period: cell.period,
    metric: name,
    unit,
    unitZh,
    value: shown(page.value),
    ...(metric.estimated ? { estimated: shown(page.estimated) } : {}),
    ...(metric.ratio ? { numerator: page.numerator, denominator: page.denominator } : {}),
    asOf: page.asOf,
    restarted: page.restarted,
    // Summed in whole numbers before: tenths would add up to something else.
    items: page.lines.map(({ value, estimated, ...line }) => ({
      ...line,
      value: shown(value),
      ...(estimated === undefined ? {} : { estimated: inUnits(metric, estimated) }),
    })),
    next: page.next === null ? null : encodeCursor(list, page.next),
  };
};
