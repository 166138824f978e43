import { table } from '../table.ts';
import type { Counts } from './counts.ts';
import { logBytesOf, perMillionLogs, priced, type Run, totalOf } from './price.ts';

const money = (dollars: number): string => (dollars === 0 ? '·' : dollars.toFixed(3));
const figure = (value: number): string =>
  value === 0 ? '·' : value >= 100 ? value.toFixed(0) : value.toFixed(2);

const goals: Readonly<Record<string, number>> = {
  'single 1/s': 6.5,
  'single 5/s': 5.8,
  'single 50/s': 5,
  'single, verified 5/s': 15,
  'roll, logged': 0.5,
  'roll, verified whole': 2.8,
};
const goalOf = ({ label }: Run): number | undefined => goals[label];

const row = (title: string, runs: readonly Run[], of: (run: Run) => string) => [
  title,
  ...runs.map(of),
];

const dollarTable = (runs: readonly Run[]): string => {
  const items = runs.map(perMillionLogs);
  const names = Object.keys(items[0] ?? {}).filter((name) =>
    items.some((prices) => (prices[name] ?? 0) > 0),
  );
  const totals = items.map(totalOf);
  return table(
    ['$ per 1,000,000 HoursLogged', ...runs.map(({ label }) => label)],
    [
      ...names.map((name) => [name, ...items.map((prices) => money(prices[name] ?? 0))]),
      ['**total**', ...totals.map((total) => `**${total.toFixed(2)}**`)],
      row('total per 1,000,000 events', runs, (run) =>
        ((totalOf(priced(run)) / run.events) * 1e6).toFixed(2),
      ),
      row('goal', runs, (run) => {
        const goal = goalOf(run);
        if (goal === undefined) return '';
        return `≤ ${goal} ${totalOf(perMillionLogs(run)) <= goal ? 'met' : 'missed'}`;
      }),
      row('costs most', runs, (run) => {
        const [most] = Object.entries(perMillionLogs(run)).sort(([, a], [, b]) => b - a);
        return most ? most[0] : '';
      }),
    ],
  );
};

/** The counts per event, before prices. */
const countTable = (runs: readonly Run[]): string => {
  const each = (phase: string, name: string) => (run: Run) =>
    figure((run.phases[phase]?.[name] ?? 0) / run.events);
  const mean = (phase: string, top: string, bottom: string) => (run: Run) => {
    const counts: Counts = run.phases[phase] ?? {};
    return figure((counts[top] ?? 0) / Math.max(1, counts[bottom] ?? 0));
  };
  const all = new Set(
    runs.flatMap(({ phases }) =>
      Object.entries(phases).flatMap(([phase, counts]) =>
        Object.keys(counts)
          .filter((name) => !(phase === 'naive' && name.startsWith('cell')))
          .filter((name) => /wru$|rru$|index|^cell|^requests|^refused/.test(name))
          .map((name) => `${phase} ${name}`),
      ),
    ),
  );
  return table(
    ['counted per event', ...runs.map(({ label }) => label)],
    [
      row('events', runs, ({ events }) => String(events)),
      row('records a relay call', runs, mean('relay', 'records', 'invocations')),
      row('messages a projector batch', runs, mean('projector', 'records', 'invocations')),
      row('bytes of a Ledger row', runs, mean('api', 'ledger.row.bytes', 'ledger.row.writes')),
      row('bytes of a page', runs, mean('projector', 'views.page.bytes', 'views.page.writes')),
      row(
        'bytes of a person’s year',
        runs,
        mean('projector', 'views.person.bytes', 'views.person.writes'),
      ),
      row('bytes of an event', runs, mean('relay', 'events.bytes', 'events.count')),
      row('bytes of our logs', runs, (run) => figure(logBytesOf(run).ours / run.events)),
      row('bytes of Lambda’s logs', runs, (run) => figure(logBytesOf(run).lambda / run.events)),
      row('bytes of the gateway’s log', runs, (run) =>
        figure(logBytesOf(run).gateway / run.events),
      ),
      ...[...all].sort().map((name) => {
        const [phase = '', counted = ''] = name.split(' ');
        return row(name, runs, each(phase, counted));
      }),
    ],
  );
};

/** Prints the tables. Returns the figures behind them. */
export const printRuns = (runs: readonly Run[]): unknown => {
  console.log([dollarTable(runs), countTable(runs)].join('\n\n'));
  return runs.map((run) => ({ ...run, dollarsPerMillion: perMillionLogs(run) }));
};
