import { paginateScan, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { rebuild } from '../../functions/projector/rebuild.ts';
import { reconcile } from '../../functions/projector/reconcile.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { emptyTables } from '../../test/support/tables.ts';
import { createYear, type YearOptions } from '../district.ts';
import { expectExact } from '../exact.ts';
import { rowOf, writeItems } from '../items.ts';
import { chunksOf, inParallel, perSecond } from '../statistics.ts';

/** The number of segments that `functions/projector/rebuild.ts` reads in parallel. */
const segments = 8;
const sample = 5000;
/** The most entries at which every figure is checked here. A rebuild itself compares every total. */
const mostChecked = 20_000;

type Item = Readonly<Record<string, unknown>>;

const scan = async (
  table: string | undefined,
  onPage: (items: readonly Item[]) => void,
): Promise<void> => {
  await Promise.all(
    Array.from({ length: segments }, async (_, Segment) => {
      const pages = paginateScan(
        { client: dynamodb },
        { TableName: table, Segment, TotalSegments: segments, ConsistentRead: true },
      );
      for await (const { Items = [] } of pages) onPage(Items as Item[]);
    }),
  );
};

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await run();
  return performance.now() - began;
};

/** Only reads the Ledger; events are not parsed. */
const read = async (): Promise<number> => {
  let rows = 0;
  await scan(process.env.LEDGER_TABLE, (items) => {
    rows += items.length;
  });
  return rows;
};

/** The minimum of a rebuild: puts its lines, each on condition that none exists. */
const writeInTransactions = (lines: readonly Item[]): Promise<void> =>
  inParallel(chunksOf(lines, 100), 4, (chunk) =>
    dynamodb.send(
      new TransactWriteCommand({
        TransactItems: chunk.map((Item) => ({
          Put: {
            TableName: process.env.VIEWS_TABLE,
            Item,
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        })),
      }),
    ),
  );

export const runOne = async (asked: YearOptions) => {
  const { entries } = asked;
  const year = createYear({ ...asked, verified: 0.9 });
  await emptyTables();
  const rows = function* () {
    for (const life of year.lives()) for (const event of life) yield rowOf(event);
  };
  await writeItems(dynamodb, process.env.LEDGER_TABLE ?? '', rows());
  console.error(`${entries} entries: the Ledger is filled`);

  // Measured before and after, so that other load on the machine affects both.
  let counted = 0;
  const before = await timed(async () => {
    counted = await read();
  });
  let generation = 0;
  const took = await timed(async () => {
    const report = await rebuild(() => true, { waitMs: 100 });
    if (report.state !== 'switched') throw new Error(`the rebuild ended with ${report.state}`);
    generation = report.generation;
  });
  const after = await timed(read);
  const compared = await timed(async () => {
    // The year has no areas and organisations, which the laws look for.
    const drift = (await reconcile(generation, 100)).filter(({ law }) => law === undefined);
    if (drift.length > 0) throw new Error(`drift: ${JSON.stringify(drift[0])}`);
  });
  const megabytes = process.resourceUsage().maxRSS / 1024;
  if (entries <= mostChecked) {
    const events = [...year.lives()].flat();
    console.error(`${await expectExact(events, year.cellsShown())} dashboards are exact`);
  }

  let items = 0;
  const lines: Item[] = [];
  await scan(process.env.VIEWS_TABLE, (page) => {
    items += page.length;
    for (const item of page)
      if (lines.length < sample && /present#/.test(String(item.pk))) lines.push(item);
  });
  await emptyTables();
  const inTransactions = await timed(() => writeInTransactions(lines));
  await emptyTables();
  const plain = await timed(() => writeItems(dynamodb, process.env.VIEWS_TABLE ?? '', lines));
  return {
    entries,
    rows: counted,
    items,
    read: perSecond(entries, (before + after) / 2),
    rebuild: perSecond(entries, took),
    compared: compared / took,
    lines: perSecond(lines.length, inTransactions),
    plainLines: perSecond(lines.length, plain),
    megabytes,
    ms: { before, took, after, compared, inTransactions, plain },
  };
};
