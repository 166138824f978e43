import type { DomainEvent } from '../../events/catalogue.ts';
import { listLines } from '../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../functions/dashboards/read-dashboard.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { monthsOf } from '../../functions/runtime/calendar.ts';
import { newest } from '../support/entries.ts';
import { recompute, valuesOf } from '../support/recompute.ts';
import type { Item } from './expressions.ts';
import { above, factsOf } from './facts.ts';
import { fold } from './figures/fold.ts';
import { differences, shownBy, wrongYears } from './figures/shown.ts';
import type { Store } from './memory-store.ts';
import type { Random } from './random.ts';

/** Per run: the dashboards that are recomputed, and the figures whose lines are added up. */
const samples = { dashboards: 3, figures: 4 };

/** The day on which is asked: after everything that happens in the laboratory. */
const today = '2027-01-01';

/** The public is not shown every figure of an area. */
const forStaff = { forStaff: true } as const;

/** Figures of everything that was ever begun: they need not be the sum of a year. */
const standing = new Set(['registeredVolunteers', 'teams']);
/** Figures that have no theme. */
const withoutTheme = new Set(['volunteersRegistered', 'teamsFormed', ...standing]);

/** The months, areas and themes in which anything counts. */
interface Where {
  readonly period: string;
  readonly area: string | null;
  readonly theme: string | null;
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
export const listed = /^(activity|volunteer|team|membership)$/;

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

/** For additive figures, months sum to the year, and areas and themes to the whole. */
async function* sumLaws(year: string): AsyncGenerator<string> {
  const everywhere = { areaId: null, alone: false, theme: null };
  const shownIn = async (period: string) =>
    (await readDashboard({ period, ...everywhere }, today, forStaff)).metrics;
  const total = await readDashboard({ period: year, ...everywhere }, today, forStaff);
  const months = await Promise.all(monthsOf(year).map(shownIn));
  const { area, theme } = total.breakdown;
  for (const [name, whole] of Object.entries(total.metrics)) {
    const { aggregation } = whole;
    if (aggregation !== 'sum' && aggregation !== 'ratio') continue;
    const numbers =
      aggregation === 'sum' ? (['value'] as const) : (['numerator', 'denominator'] as const);
    const parts = {
      months,
      areas: Object.values(area),
      // Registrations and teams have no theme, so themes are not parts of these figures.
      ...(withoutTheme.has(name) ? {} : { themes: Object.values(theme) }),
    };
    for (const [what, all] of Object.entries(parts))
      for (const number of numbers) {
        // What is recorded of nothing yet is left out of parts.
        if (whole.reason === 'not-recorded') continue;
        const sum = all.reduce((so, figures) => so + (figures[name]?.[number] ?? 0), 0);
        if (sum !== (whole[number] ?? 0))
          yield `${what} of ${year} sum to ${sum}: the ${number} of ${name} is ${whole[number]}`;
      }
  }
}

/** What lines give to a figure. */
const given = ['value', 'estimated', 'numerator', 'denominator'] as const;

const sumOfLines = async (metric: string, { period, area, theme }: Where, limit: number) => {
  const ids = new Set<string>();
  const sums: { [Name in (typeof given)[number]]?: number } = {};
  let cursor: string | undefined;
  do {
    const page = await listLines({
      cell: { period, areaId: area, alone: false, theme },
      today,
      metric,
      limit,
      cursor,
    });
    for (const line of page.items) {
      ids.add(line.id);
      for (const name of given)
        if (typeof line[name] === 'number') sums[name] = (sums[name] ?? 0) + line[name];
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  return sums;
};

/** The cells of the figures that the fold knows: period, area or all, theme or all. */
const cellsOf = (names: Iterable<string>): readonly Where[] => {
  const cells = new Map<string, Where>();
  for (const name of names) {
    const [period = '', area, theme] = name.split('|');
    if (period === 'running') continue;
    cells.set([period, area, theme].join('|'), {
      period,
      area: area === '*' ? null : (area ?? null),
      theme: theme === '*' ? null : (theme ?? null),
    });
  }
  return [...cells.values()];
};

/** Nothing of a cancelled activity counts, and nobody stands on a sheet twice. */
function* sheetLaws({ activities, sheets }: ReturnType<typeof factsOf>): Generator<string> {
  const lines = new Map<string, string>();
  for (const { id, place, entries } of sheets.values())
    for (const { volunteerId, status } of entries.values()) {
      if (status !== 'pending' && status !== 'verified') continue;
      if (activities.get(place.activityId)?.status === 'cancelled')
        yield `cancelled: ${volunteerId} is ${status} on ${id}`;
      const day = `${place.activityId} ${place.serviceDate} ${volunteerId}`;
      if (lines.has(day)) yield `twice: ${volunteerId} is on ${id} and ${lines.get(day)}`;
      lines.set(day, id);
    }
}

/** The violations in a system at rest: compares figures with a plain fold of the committed events. */
export const brokenLaws = async (store: Store, random: Random): Promise<readonly string[]> => {
  const rows = store.all('ledger').filter(holdsEvent) as unknown as readonly LedgerRow[];
  const events = rows.map((row) => envelopeOf(row) as unknown as DomainEvent);
  const views = store.all('views');
  const facts = factsOf(events);
  const wanted = fold(facts, above);
  const { figures: stored, broken: misplaced } = shownBy(views, above);
  const broken = [
    ...ledgerLaws(rows),
    ...sheetLaws(facts),
    ...misplaced,
    ...differences(stored, wanted),
    ...wrongYears(views, facts),
    ...rowLaws(views, events),
  ];
  const cells = cellsOf(wanted.keys());
  if (cells.length === 0) return broken;
  const year = random.pick(cells).period.slice(0, 4);
  for await (const line of sumLaws(year)) broken.push(line);
  const figures = recompute(events);
  for (let n = 0; n < samples.dashboards; n += 1) {
    const { period, area, theme } = random.pick(cells);
    const { metrics } = await readDashboard(
      { period, areaId: area, alone: false, theme },
      today,
      forStaff,
    );
    const should = figures({ period, area: area ?? undefined, theme: theme ?? undefined });
    const is = valuesOf(metrics);
    for (const [name, value] of Object.entries(is))
      if (value !== (should[name] ?? null))
        broken.push(
          `dashboard: ${period} ${area} ${theme} ${name} is ${value}, not ${should[name]}`,
        );
    const known = Object.keys(metrics).filter((name) => metrics[name]?.value !== null);
    if (known.length === 0) continue;
    for (let m = 0; m < samples.figures; m += 1) {
      const metric = random.pick(known);
      const sums = await sumOfLines(metric, { period, area, theme }, random.between(1, 4));
      const figure = metrics[metric];
      const isRatio = figure?.aggregation === 'ratio';
      // If all of them have ended, the figure is 0 and has no lines.
      const none = standing.has(metric) && figure?.value === 0 ? 0 : undefined;
      for (const name of given) {
        const should = isRatio && name === 'value' ? undefined : (figure?.[name] ?? undefined);
        const sum = sums[name] ?? (name === 'value' ? none : undefined);
        if (sum !== should)
          broken.push(
            `lines: ${metric} ${period} ${area} ${theme} sum to ${sum}, not to the ${name} ${should}`,
          );
      }
    }
  }
  return broken;
};
