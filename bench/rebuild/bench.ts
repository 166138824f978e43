// The speed of a rebuild of the Views, as a share of the speed of only reading the Ledger.
import { withEngine } from '../engine.ts';
import { ratio, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Hours entries, a run for each size. */
  entries: '10000,50000',
  areas: '12',
};

export const run = (given: Readonly<Record<string, string>>): Promise<unknown> =>
  withEngine(async () => {
    const { runOne } = await import('./runs.ts');
    const results: Awaited<ReturnType<typeof runOne>>[] = [];
    for (const entries of (given.entries ?? '').split(','))
      results.push(
        await runOne({
          seed: Number(given.seed),
          entries: Number(entries),
          areas: Number(given.areas),
        }),
      );
    const row = (title: string, of: (result: (typeof results)[number]) => string) => [
      title,
      ...results.map(of),
    ];
    console.log(
      table(
        ['hours entries', ...results.map(({ entries }) => whole(entries))],
        [
          row('rows of the Ledger', ({ rows }) => whole(rows)),
          row('items of the Views', ({ items }) => whole(items)),
          row('bare parallel read, entries/s', ({ read }) => whole(read)),
          row('rebuild, entries/s', ({ rebuild }) => whole(rebuild)),
          row(
            'of it comparing with the Ledger',
            ({ compared }) => `${Math.round(compared * 100)} %`,
          ),
          row('share of the bare read', (one) => ratio(one.rebuild / one.read)),
          row('lines only, transactions of 100, lines/s', ({ lines }) => whole(lines)),
          row('lines only, BatchWriteItem, lines/s', ({ plainLines }) => whole(plainLines)),
          row('rebuild as a share of the transactions', (one) => ratio(one.rebuild / one.lines)),
          row('largest memory of the process, MB', ({ megabytes }) => whole(megabytes)),
        ],
      ),
    );
    return results;
  });
