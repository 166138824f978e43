import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb, pause } from '../shared/dynamodb.ts';
import { bare, inGeneration } from '../shared/generations.ts';
import { viewsTable } from '../shared/settings.ts';
import { createDeltas, type Delta, measuresOf, runningPartition, totalsPrefix } from './cells.ts';
import { newestOfEach, type Projected } from './engine.ts';
import { applyChange, countsOf, createPresenceChanges } from './presence.ts';
import { projectEvent } from './project-event.ts';
import { type ScanKey, scanLedger } from './scan-ledger.ts';

/** A measure of a cell that is not what the Ledger says: sum and number of lines. */
export interface Difference {
  readonly cell: string;
  readonly measure: string;
  readonly expected: { readonly sum: number; readonly lines: number };
  readonly actual: { readonly sum: number; readonly lines: number };
}

type Cells = Map<string, Map<string, { sum: number; lines: number }>>;

const nothing = { sum: 0, lines: 0 };

/** What every total has to be, by adding up the newest event of every aggregate in the Ledger. */
const expectedCells = async (): Promise<Cells> => {
  const deltas = createDeltas();
  const presences = createPresenceChanges();
  const add = ({ event: { recordedAt }, projection: { contribution } }: Projected): void => {
    deltas.addContribution(contribution, 1, recordedAt);
    presences.addContribution(contribution, 1, recordedAt);
  };
  // An aggregate's rows are together, but a page may end among them: its last one waits.
  let waiting: readonly Projected[] = [];
  let from: ScanKey | undefined;
  do {
    const { events, next } = await scanLedger(0, 1, from);
    const found = [...waiting, ...events.flatMap((event) => projectEvent(event) ?? [])];
    const newest = newestOfEach(found);
    waiting = next ? newest.slice(-1) : [];
    for (const projected of next ? newest.slice(0, -1) : newest) add(projected);
    from = next;
  } while (from);
  for (const change of presences.all())
    for (const { count, ...key } of countsOf(applyChange(undefined, change)))
      deltas.add(key, change.metric, { sum: count, lines: count }, change.recordedAt);
  return cellsOf(deltas.effective());
};

const cellsOf = (deltas: readonly Delta[]): Cells =>
  new Map(deltas.map(({ pk, sk, measures }) => [`${pk}|${sk}`, measures]));

/** What the totals of a generation are. */
const actualCells = async (generation: number): Promise<Cells> => {
  const cells: Cells = new Map();
  let from: ScanKey | undefined;
  do {
    const page = await dynamodb.send(
      new ScanCommand({
        TableName: viewsTable(),
        FilterExpression: 'begins_with(pk, :totals) OR pk = :running',
        ExpressionAttributeValues: {
          ':totals': inGeneration(generation, totalsPrefix),
          ':running': inGeneration(generation, runningPartition),
        },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of page.Items ?? []) {
      const measures = new Map(
        measuresOf(item).map(([measure, sum, lines]) => [measure, { sum, lines }]),
      );
      cells.set(`${bare(String(item.pk))}|${item.sk}`, measures);
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return cells;
};

const differencesNow = async (generation: number): Promise<readonly Difference[]> => {
  const [expected, actual] = [await expectedCells(), await actualCells(generation)];
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
 * Compares every total of a generation with the Ledger. What is on its way at the moment differs
 * for a moment; what differs by the same amount `waitMs` later is drift, and there should be none.
 */
export const reconcile = async (
  generation: number,
  waitMs = 3000,
): Promise<readonly Difference[]> => {
  let before = await differencesNow(generation);
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
