import type { DomainEvent } from '../../events/catalogue.ts';
import { listLines } from '../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../functions/dashboards/read-dashboard.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { monthsOf } from '../../functions/runtime/calendar.ts';
import {
  figureOf,
  marksOf,
  newest,
  standing,
  standingBy,
  totalsOf,
  type Where,
  wheres,
} from '../support/figures.ts';
import { recompute } from '../support/recompute.ts';
import type { Item } from './expressions.ts';
import type { Store } from './memory-store.ts';
import type { Random } from './random.ts';

type Totals = Readonly<Record<string, Readonly<Record<string, number>>>>;

const counted = new Set(['distinctVolunteers', 'partners']);
/** Per run: the dashboards that are recomputed, and the figures whose lines are added up. */
const samples = { dashboards: 2, figures: 5 };

const isTotals = ({ pk }: Item): boolean => /^(totals#|running$)/.test(String(pk));

/** The stored totals, without sums that have no line. */
const storedTotals = (views: readonly Item[]): Totals =>
  Object.fromEntries(
    views.filter(isTotals).flatMap(({ pk, sk, asOf: _, ...item }) => {
      const figures = Object.entries(item as Record<string, number>).filter(
        ([name]) => item[name.replace(/^sum:/, 'lines:')] !== 0,
      );
      return figures.length > 0 ? [[`${pk}|${sk}`, Object.fromEntries(figures)]] : [];
    }),
  );

function* differences(what: string, is: Totals, should: Totals): Generator<string> {
  for (const id of new Set([...Object.keys(is), ...Object.keys(should)]))
    for (const name of new Set([...Object.keys(is[id] ?? {}), ...Object.keys(should[id] ?? {})]))
      if (is[id]?.[name] !== should[id]?.[name])
        yield `${what}: ${id} ${name} is ${is[id]?.[name]}, should be ${should[id]?.[name]}`;
}

/** A sum without lines is 0. */
function* emptySums(views: readonly Item[]): Generator<string> {
  for (const item of views.filter(isTotals))
    for (const [name, value] of Object.entries(item))
      if (name.startsWith('sum:') && value !== 0 && item[name.replace('sum:', 'lines:')] === 0)
        yield `no lines: ${item.pk}|${item.sk} ${name} is ${value}`;
}

/** Versions have no gaps, and each idempotency key has one event of an aggregate. */
function* ledgerLaws(rows: readonly LedgerRow[]): Generator<string> {
  const versions = new Map<string, number>();
  const keys = new Set<string>();
  for (const { pk, version, command } of rows) {
    if (version !== (versions.get(pk) ?? 0) + 1) yield `ledger: ${pk} jumps to v${version}`;
    versions.set(pk, version);
    const key = `${pk} ${command?.key}`;
    if (command && keys.has(key)) yield `ledger: two events of ${key}`;
    keys.add(key);
  }
}

/** The aggregate types that the Views list one by one. */
export const listed = /^(hours|activity|volunteer|team|membership)$/;

/** Every aggregate is listed once, in its newest state. */
function* rowLaws(views: readonly Item[], events: readonly DomainEvent[]): Generator<string> {
  const rows = new Map<unknown, Item[]>();
  for (const item of views)
    if (item.row && item.id) rows.set(item.id, [...(rows.get(item.id) ?? []), item]);
  for (const { aggregate } of newest(events))
    if (listed.test(aggregate.type)) {
      const found = rows.get(aggregate.id) ?? [];
      if (found.length !== 1 || found[0]?.version !== aggregate.version)
        yield `rows: ${aggregate.type} ${aggregate.id} is v${aggregate.version}, shown v${found.map(({ version }) => version)}`;
    }
}

/** Sums are kept only in cells of a month or year, an area and a theme. */
function* finestLaws(stored: Totals): Generator<string> {
  for (const [id, figures] of Object.entries(stored)) {
    const finest = /^totals#\d{4}(\|\d{4}-\d{2}|#year\|\d{4})#[^#*]+#[^#*]*(#outputs)?$/.test(id);
    if (finest || id.startsWith('running|')) continue;
    for (const name of Object.keys(figures))
      if (!counted.has(name.replace(/^\w+:/, ''))) yield `kept elsewhere: ${id} ${name}`;
  }
}

/** For additive figures, months sum to the year, and areas and themes to the whole. */
async function* sumLaws(year: string): AsyncGenerator<string> {
  const whole = { areaId: null, theme: null };
  const shownIn = async (period: string) => (await readDashboard({ period, ...whole })).metrics;
  const total = await readDashboard({ period: year, ...whole });
  const months = await Promise.all(monthsOf(year).map(shownIn));
  const { area, theme } = total.breakdown;
  for (const [name, { value, aggregation }] of Object.entries(total.metrics)) {
    if (aggregation !== 'sum') continue;
    const parts = {
      months,
      areas: Object.values(area),
      // Registrations and teams have no theme, so themes are not parts of these figures.
      ...(Object.values(standing).includes(name) ? {} : { themes: Object.values(theme) }),
    };
    for (const [what, all] of Object.entries(parts)) {
      const sum = all.reduce((so, figures) => so + (figures[name]?.value ?? 0), 0);
      if (sum !== (value ?? 0)) yield `${what} of ${year} sum to ${sum}: ${name} is ${value}`;
    }
  }
}

const sumOfLines = async (metric: string, { period, area, theme }: Where, limit: number) => {
  const ids = new Set<string>();
  const sums: { value?: number; estimated?: number } = {};
  let cursor: string | undefined;
  do {
    const page = await listLines({
      period,
      metric,
      area: area ?? undefined,
      theme: theme ?? undefined,
      limit,
      cursor,
    });
    for (const { id, value, estimated } of page.items) {
      ids.add(id);
      if (value !== null) sums.value = (sums.value ?? 0) + value;
      if (estimated !== undefined) sums.estimated = (sums.estimated ?? 0) + estimated;
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  return sums;
};

const shown = (metrics: Awaited<ReturnType<typeof readDashboard>>['metrics']) =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { value, estimated }]) => [
      [name, value],
      ...(estimated === undefined ? [] : [[`${name} (estimated)`, estimated] as const]),
    ]),
  );

/** The violations in a system at rest: compares figures with a plain fold of the committed events. */
export const brokenLaws = async (store: Store, random: Random): Promise<readonly string[]> => {
  const rows = store.all('ledger').filter(holdsEvent) as unknown as readonly LedgerRow[];
  const events = rows.map((row) => envelopeOf(row) as unknown as DomainEvent);
  const views = store.all('views');
  const marks = marksOf(events);
  const stored = storedTotals(views);
  const broken = [
    ...ledgerLaws(rows),
    ...differences('totals', stored, totalsOf(events)),
    ...emptySums(views),
    ...rowLaws(views, events),
    ...finestLaws(stored),
  ];
  const cells = wheres(marks);
  if (cells.length === 0) return broken;
  const year = random.pick(cells).period.slice(0, 4);
  for await (const line of sumLaws(year)) broken.push(line);
  const figures = recompute(events);
  for (let n = 0; n < samples.dashboards; n += 1) {
    const { period, area, theme } = random.pick(cells);
    const { metrics } = await readDashboard({ period, areaId: area, theme });
    const should = figures({ period, area: area ?? undefined, theme: theme ?? undefined });
    // A registration has no theme, so its figure is null for a theme.
    for (const [name, value] of Object.entries(shown(metrics)))
      if (value !== (should[name] ?? null))
        broken.push(
          `dashboard: ${period} ${area} ${theme} ${name} is ${value}, not ${should[name]}`,
        );
  }
  const known = new Set(marks.map(({ metric }) => metric));
  const ended = Object.keys(standing).filter((name) => known.has(standing[name] ?? ''));
  const metrics = [...known, ...ended].filter((metric) => metric !== 'beneficiariesEstimated');
  for (let n = 0; n < samples.figures; n += 1) {
    const metric = random.pick(metrics);
    const picked = random.pick(cells);
    const began = standing[metric];
    const where = began === undefined ? picked : { ...picked, theme: null };
    const sums = await sumOfLines(metric, where, random.between(1, 4));
    const should =
      began === undefined ? figureOf(marks, metric, where)?.value : standingBy(marks, began, where);
    const estimated =
      metric === 'beneficiaries'
        ? figureOf(marks, 'beneficiariesEstimated', where)?.value
        : undefined;
    // If all of them have ended, the figure is 0 and has no lines.
    const value = began !== undefined && should === 0 ? (sums.value ?? 0) : sums.value;
    if (value !== should || sums.estimated !== estimated)
      broken.push(
        `lines: ${metric} ${JSON.stringify(where)} sum to ${JSON.stringify(sums)}, not ${should} (${estimated})`,
      );
  }
  return broken;
};
