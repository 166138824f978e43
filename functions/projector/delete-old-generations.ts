import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../figures/layout.ts';
import { deleteItems, dynamodb, pause } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { keptMs, pointerKey, readGenerations } from '../views/generations.ts';

const generationOf = (pk: string): number => Number(/^(\d+)~/.exec(pk)?.[1] ?? 1);

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
  const input = { TableName: viewsTable(), ProjectionExpression: 'pk, sk' };
  const pages = paginateScan({ client: dynamodb }, input);
  for (;;) {
    if (!hasTime()) return { done: false, deleted };
    const page = await pages.next();
    if (page.done) return { done: true, deleted };
    const old = ((page.value.Items ?? []) as Key[]).filter(
      ({ pk }) => pk !== pointerKey.pk && isOld(generationOf(pk)),
    );
    await deleteItems(
      viewsTable(),
      old.map(({ pk, sk }) => ({ pk, sk })),
    );
    deleted += old.length;
  }
};
