// How large the items of the Views get: the year of a district, projected into the laboratory's model of the store.
import { marshall } from '@aws-sdk/util-dynamodb';
import { whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  entries: '1000000',
  areas: '12',
  /** People on a sheet; with a hundred, a million entries are of ten thousand activities. */
  roll: '100',
};

type Item = Readonly<Record<string, unknown>>;

const kinds = {
  'a page of sheets': /^totals#\d{4}\|.*#\d+$/,
  'a page of activities': /^totals#\d{4}\|.*#a\d+$/,
  'an area’s year': /#year\|.*#ya?$/,
  'counts of persons and partners': /^totals#.*#p$/,
  'a person’s year': /^present#[^!]/,
  'a partner’s month': /^present#!.*\|\d{4}-\d\d$/,
  'a partner’s year': /^present#!.*\|\d{4}$/,
  'an activity, for the figures': /^activity#.*\|a$/,
  'a running figure': /^running\|/,
} as const;

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  await import('../../test/lab/environment.ts');
  const { dynamodb } = await import('../../functions/runtime/dynamodb.ts');
  const { apply } = await import('../../functions/figures/apply.ts');
  const { projectEvent } = await import('../../functions/projector/project-event.ts');
  const { createStore } = await import('../../test/lab/memory-store.ts');
  const { schemasOf, sentOf } = await import('../../test/lab/store-shapes.ts');
  const { itemSize } = await import('../../test/support/item-size.ts');
  const { createYear } = await import('../district.ts');
  const { chunksOf } = await import('../statistics.ts');
  const store = createStore(schemasOf('ledger', 'views'));
  (dynamodb as unknown as { send: (command: object) => Promise<object> }).send = async (command) =>
    store.execute(sentOf(command));
  const year = createYear({
    seed: Number(given.seed),
    entries: Number(given.entries),
    areas: Number(given.areas),
    roll: Number(given.roll),
    verified: 1,
  });
  const newest = function* () {
    for (const life of year.lives()) {
      const event = life.at(-1);
      const projected = event && projectEvent(event);
      if (projected) yield projected;
    }
  };
  for (const events of chunksOf(newest(), 100)) {
    const [failure] = await apply(events, 1);
    if (failure) throw failure.error;
  }
  const sizes = new Map<string, number[]>();
  for (const item of store.all('views') as readonly Item[]) {
    const key = `${item.pk}|${item.sk}`;
    const [kind = 'a row to read'] =
      Object.entries(kinds).find(([, pattern]) => pattern.test(key)) ?? [];
    const own = sizes.get(kind) ?? [];
    sizes.set(kind, own);
    own.push(itemSize(marshall(item, { removeUndefinedValues: true }) as never));
  }
  const rows = [...sizes].map(([kind, all]) => {
    const sum = all.reduce((a, b) => a + b, 0);
    const largest = all.reduce((a, b) => Math.max(a, b), 0);
    return { kind, items: all.length, mean: sum / all.length, largest };
  });
  console.log(
    table(
      ['bytes', 'items', 'mean', 'largest'],
      rows
        .sort((a, b) => b.largest - a.largest)
        .map(({ kind, items, mean, largest }) => [kind, whole(items), whole(mean), whole(largest)]),
    ),
  );
  const largest = Math.max(...rows.map((row) => row.largest));
  console.log(`\ngoal no item above 100 KB: ${largest <= 100_000 ? 'met' : 'missed'}`);
  return rows;
};
