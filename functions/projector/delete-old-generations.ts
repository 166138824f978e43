import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TotalsKey } from '../figures/totals.ts';
import { chunksOf } from '../runtime/batches.ts';
import { dynamodb, jitter, pause } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { keptMs, pointerKey, readGenerations } from '../views/generations.ts';
import type { ScanKey } from './scan-ledger.ts';

/** BatchWriteItem takes at most 25 requests. */
const batchSize = 25;

const generationOf = (pk: string): number => Number(/^(\d+)~/.exec(pk)?.[1] ?? 1);

const remove = async (keys: readonly TotalsKey[]): Promise<void> => {
  const table = viewsTable();
  for (const chunk of chunksOf(keys, batchSize)) {
    let requests: Record<string, unknown>[] = chunk.map(({ pk, sk }) => ({
      DeleteRequest: { Key: { pk, sk } },
    }));
    for (let attempt = 1; requests.length > 0; attempt += 1) {
      if (attempt > 8) throw new Error('deletes stay unprocessed');
      if (attempt > 1) await jitter(attempt);
      const { UnprocessedItems } = await dynamodb.send(
        new BatchWriteCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems?.[table] ?? []) as Record<string, unknown>[];
    }
  }
};

/**
 * Deletes the items of all generations that are neither read nor being made. Safe to interrupt and
 * to repeat.
 * @param hasTime asked before each page; when it returns false, `done` is false: call again
 */
export const deleteOldGenerations = async (
  hasTime: () => boolean,
  waitMs = 2 * keptMs,
): Promise<{ readonly done: boolean; readonly deleted: number }> => {
  const { live, loading, building, newest } = await readGenerations();
  // A generation begun meanwhile has a number above `newest`. A generation not in use now is never
  // used again.
  const isOld = (generation: number): boolean =>
    generation <= newest && ![live, loading, building].includes(generation);
  // A function that looked up the generation just before a switch still reads the old one for a
  // while.
  await pause(waitMs);
  let deleted = 0;
  let from: ScanKey | undefined;
  do {
    if (!hasTime()) return { done: false, deleted };
    const page = await dynamodb.send(
      new ScanCommand({
        TableName: viewsTable(),
        ProjectionExpression: 'pk, sk',
        ExclusiveStartKey: from,
      }),
    );
    const old = ((page.Items ?? []) as TotalsKey[]).filter(
      ({ pk }) => pk !== pointerKey.pk && isOld(generationOf(pk)),
    );
    await remove(old);
    deleted += old.length;
    from = page.LastEvaluatedKey;
  } while (from);
  return { done: true, deleted };
};
