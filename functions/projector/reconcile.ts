import { createTally } from '../figures/tally.ts';
import { type Delta, measuresOf, runningPartition, totalsPrefix } from '../figures/totals.ts';
import { pause } from '../runtime/dynamodb.ts';
import { bare, inGeneration } from '../views/generations.ts';
import { readNewest, type TakeNewest } from './read-newest.ts';
import { scanViews } from './scan-views.ts';

/** A measure of a cell whose sum or number of lines differs from the Ledger. */
export interface Difference {
  readonly cell: string;
  readonly measure: string;
  readonly expected: { readonly sum: number; readonly lines: number };
  readonly actual: { readonly sum: number; readonly lines: number };
}

type Cells = Map<string, Map<string, { sum: number; lines: number }>>;

const nothing = { sum: 0, lines: 0 };

const cellsOf = (deltas: readonly Delta[]): Cells =>
  new Map(deltas.map(({ pk, sk, measures }) => [`${pk}|${sk}`, measures]));

/** The right totals, added up from the newest event of every aggregate in the Ledger. */
const expectedCells = async (meanwhile: TakeNewest): Promise<Cells> => {
  const tally = createTally();
  await readNewest(async (newest) => {
    for (const { event, projection } of newest)
      tally.add(projection.contribution, event.recordedAt);
    await meanwhile(newest);
  });
  return cellsOf(tally.result().totals);
};

/** The totals of a generation as they are stored. */
const actualCells = async (generation: number): Promise<Cells> => {
  const cells: Cells = new Map();
  await scanViews(
    {
      FilterExpression: 'begins_with(pk, :totals) OR pk = :running',
      ExpressionAttributeValues: {
        ':totals': inGeneration(generation, totalsPrefix),
        ':running': inGeneration(generation, runningPartition),
      },
    },
    (item) => {
      const measures = new Map(
        measuresOf(item).map(([measure, sum, lines]) => [measure, { sum, lines }]),
      );
      cells.set(`${bare(String(item.pk))}|${item.sk}`, measures);
    },
  );
  return cells;
};

const differencesNow = async (
  generation: number,
  meanwhile: TakeNewest = () => undefined,
): Promise<readonly Difference[]> => {
  const [expected, actual] = [await expectedCells(meanwhile), await actualCells(generation)];
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((cell) => {
    const wanted = expected.get(cell);
    const found = actual.get(cell);
    return [...new Set([...(wanted?.keys() ?? []), ...(found?.keys() ?? [])])].flatMap(
      (measure) => {
        const difference = {
          cell,
          measure,
          expected: wanted?.get(measure) ?? nothing,
          actual: found?.get(measure) ?? nothing,
        };
        return offBy(difference) === '0/0' ? [] : [difference];
      },
    );
  });
};

const offBy = ({ expected, actual }: Difference): string =>
  `${actual.sum - expected.sum}/${actual.lines - expected.lines}`;

/**
 * Compares every total of a generation with the Ledger. Events in transit cause differences for a
 * moment. A difference of the same amount after `waitMs` is drift, and there should be none.
 *
 * @param meanwhile is given the first reading of the Ledger, before any total is read
 */
export const reconcile = async (
  generation: number,
  waitMs = 3000,
  meanwhile?: TakeNewest,
): Promise<readonly Difference[]> => {
  let before = await differencesNow(generation, meanwhile);
  for (let pass = 1; before.length > 0 && pass <= 3; pass += 1) {
    await pause(waitMs);
    const now = await differencesNow(generation);
    const known = new Map(before.map((each) => [`${each.cell}|${each.measure}`, offBy(each)]));
    const same = now.filter((each) => known.get(`${each.cell}|${each.measure}`) === offBy(each));
    if (same.length === now.length) return now;
    before = now;
  }
  return before;
};
