import type { DomainEvent } from '../../events/catalogue.ts';
import { listLines } from '../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../functions/dashboards/read-dashboard.ts';
import { envelopeOf, type LedgerRow } from '../../functions/shared/ledger.ts';
import {
  figureOf,
  marksOf,
  newest,
  registeredBy,
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
/** Dashboards and figures whose lines are added up, for each run. */
const samples = { dashboards: 2, figures: 5 };

const isTotals = ({ pk }: Item): boolean => /^(totals|running)#/.test(String(pk));

/** Without what no line says anything about. */
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

/** What no line stands behind is nothing. */
function* emptySums(views: readonly Item[]): Generator<string> {
  for (const item of views.filter(isTotals))
    for (const [name, value] of Object.entries(item))
      if (name.startsWith('sum:') && value !== 0 && item[name.replace('sum:', 'lines:')] === 0)
        yield `no lines: ${item.pk}|${item.sk} ${name} is ${value}`;
}

/** Versions without gaps, and one event for each key a client gave. */
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

/** Every aggregate is listed in its newest state, once. */
function* rowLaws(views: readonly Item[], events: readonly DomainEvent[]): Generator<string> {
  const rows = new Map<unknown, Item[]>();
  for (const item of views)
    if (item.row && item.id) rows.set(item.id, [...(rows.get(item.id) ?? []), item]);
  for (const { aggregate } of newest(events))
    if (/^(hours|activity|volunteer)$/.test(aggregate.type)) {
      const found = rows.get(aggregate.id) ?? [];
      if (found.length !== 1 || found[0]?.version !== aggregate.version)
        yield `rows: ${aggregate.type} ${aggregate.id} is v${aggregate.version}, shown v${found.map(({ version }) => version)}`;
    }
}

/** Months sum to the year and parts to the whole, for what can be added. */
function* sumLaws(stored: Totals): Generator<string> {
  const sums = new Map<string, number>();
  const add = (id: string, value: number) => sums.set(id, (sums.get(id) ?? 0) + value);
  for (const [id, figures] of Object.entries(stored)) {
    const [, period = '', cross, sk = ''] = /^totals#([\d-]+)(#cross)?\|(.+)$/.exec(id) ?? [];
    for (const [name, value] of Object.entries(figures)) {
      const metric = name.replace(/^\w+:/, '');
      if (!period || counted.has(metric)) continue;
      if (period.length > 4) add(`months|${id.replace(period, period.slice(0, 4))}|${name}`, value);
      const [first, second] = sk.split('#');
      if (cross) {
        add(`themes of an area|totals#${period}|area#${first}|${name}`, value);
        add(`areas of a theme|totals#${period}|theme#${second}|${name}`, value);
      } else if (first !== 'all') add(`${first}s|totals#${period}|all|${name}`, value);
    }
  }
  for (const [id, sum] of sums) {
    const [, part = '', key = '', name = ''] = /^([^|]+)\|(.+)\|([^|]+)$/.exec(id) ?? [];
    const whole = stored[key]?.[name];
    // A registration has no theme: themes are not its parts.
    const registered = name.endsWith('volunteersRegistered') && /theme/.test(part);
    if (!registered && whole !== sum) yield `${part} sum to ${sum}: ${key} ${name} is ${whole}`;
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

/** What breaks a law in a system at rest: figures against a plain fold of what was committed. */
export const brokenLaws = async (store: Store, random: Random): Promise<readonly string[]> => {
  const rows = store.all('ledger') as unknown as readonly LedgerRow[];
  const events = rows.map((row) => envelopeOf(row) as unknown as DomainEvent);
  const views = store.all('views');
  const marks = marksOf(events);
  const stored = storedTotals(views);
  const broken = [
    ...ledgerLaws(rows),
    ...differences('totals', stored, totalsOf(events)),
    ...emptySums(views),
    ...rowLaws(views, events),
    ...sumLaws(stored),
  ];
  const cells = wheres(marks);
  if (cells.length === 0) return broken;
  const figures = recompute(events);
  for (let n = 0; n < samples.dashboards; n += 1) {
    const { period, area, theme } = random.pick(cells);
    const { metrics } = await readDashboard({ period, areaId: area, theme });
    const should = figures({ period, area: area ?? undefined, theme: theme ?? undefined });
    // A registration has no theme: where one is asked for, nothing is known of it.
    for (const [name, value] of Object.entries(shown(metrics)))
      if (value !== (should[name] ?? null))
        broken.push(
          `dashboard: ${period} ${area} ${theme} ${name} is ${value}, not ${should[name]}`,
        );
  }
  const metrics = [...new Set(marks.map(({ metric }) => metric)), 'registeredVolunteers'].filter(
    (metric) => metric !== 'beneficiariesEstimated',
  );
  for (let n = 0; n < samples.figures; n += 1) {
    const metric = random.pick(metrics);
    const picked = random.pick(cells);
    const where = metric === 'registeredVolunteers' ? { ...picked, theme: null } : picked;
    const sums = await sumOfLines(metric, where, random.between(1, 4));
    const should =
      metric === 'registeredVolunteers'
        ? registeredBy(marks, where)
        : figureOf(marks, metric, where)?.value;
    const estimated =
      metric === 'beneficiaries'
        ? figureOf(marks, 'beneficiariesEstimated', where)?.value
        : undefined;
    if (sums.value !== should || sums.estimated !== estimated)
      broken.push(
        `lines: ${metric} ${JSON.stringify(where)} sum to ${JSON.stringify(sums)}, not ${should} (${estimated})`,
      );
  }
  return broken;
};
