import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { apply, newerOf, type Projected, transactionChunksOf } from '../figures/engine.ts';
import { dynamodb, pause } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey, readGenerations } from '../views/generations.ts';
import { countLines } from './count-lines.ts';
import { loadLines } from './load-lines.ts';
import type { Progress } from './progress.ts';
import { type Difference, reconcile } from './reconcile.ts';

/** How many of so many parts are done, and how many items were put. */
interface Done {
  readonly done: number;
  readonly of: number;
  readonly items: number;
}

export interface RebuildReport {
  /** `building`: call again. `switched`: the new generation is read. `drift`: it was not. */
  readonly state: 'building' | 'switched' | 'drift';
  readonly generation: number;
  readonly loaded: Done;
  readonly counted: Done;
  readonly drift: readonly Difference[];
}

const doneOf = (progress: readonly Progress<unknown>[]): Done => ({
  done: progress.filter(({ done }) => done).length,
  of: progress.length,
  items: progress.reduce((sum, { items }) => sum + items, 0),
});
const isDone = ({ done, of }: Done): boolean => done === of;

/** Moves the pointer. False when it is not as expected: somebody else moved it. */
const movePointer = async (
  update: Pick<
    UpdateCommandInput,
    'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
  >,
): Promise<boolean> => {
  try {
    await dynamodb.send(new UpdateCommand({ TableName: viewsTable(), Key: pointerKey, ...update }));
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
};

/** Begins a generation, or goes on with the one that is being made: one that was joined or not yet. */
const begin = async (
  restart: boolean,
): Promise<{ readonly generation: number; readonly joined: boolean }> => {
  const { loading, building, newest } = await readGenerations();
  const begun = loading ?? building;
  if (begun !== null && !restart) return { generation: begun, joined: building !== null };
  const generation = newest + 1;
  const moved = await movePointer({
    UpdateExpression:
      'SET live = if_not_exists(live, :one), loading = :generation, newest = :generation REMOVE building',
    ConditionExpression: 'attribute_not_exists(newest) OR newest = :newest',
    ExpressionAttributeValues: { ':one': 1, ':generation': generation, ':newest': newest },
  });
  // When somebody else began at the same moment: there is one builder's work, and both do it.
  return moved ? { generation, joined: false } : begin(false);
};

/**
 * From here on the projector takes every event into both generations. What was appended before is
 * found in the Ledger by whoever reads it after this. If it is done already, somebody else did it.
 */
const join = (generation: number): Promise<boolean> =>
  movePointer({
    UpdateExpression: 'SET building = :generation REMOVE loading',
    ConditionExpression: 'loading = :generation',
    ExpressionAttributeValues: { ':generation': generation },
  });

/** Reads on from now until the new generation is read; the old one stays as it was. */
const switchTo = async (generation: number): Promise<void> => {
  const moved = await movePointer({
    UpdateExpression: 'SET live = :generation REMOVE building',
    ConditionExpression: 'building = :generation',
    ExpressionAttributeValues: { ':generation': generation },
  });
  if (!moved) throw new Error(`generation ${generation} was switched to or abandoned by others`);
};

/** By the very transactions of the projector, which writes here too: who is later finds it old. */
const projectNewest = async (newest: readonly Projected[], generation: number): Promise<void> => {
  for (const chunk of transactionChunksOf(await newerOf(newest, generation)))
    await apply(chunk, generation);
};

/**
 * Makes all Views anew from the Ledger, beside those that are read, and switches to them when every
 * total is what the Ledger says: loads the lines, counts them, and joins the projector, which is
 * when what was appended meanwhile is taken in. Safe to interrupt, to call again, and to run twice
 * at once.
 *
 * @param hasTime asked before each page that is loaded, before what was counted is put, and before
 * the comparison; when it says no, the report says `building`
 * @param restart abandon what was begun, and begin a new generation
 * @param waitMs how long a difference has to last to be drift, and what was written to be seen by all
 */
export const rebuild = async (
  hasTime: () => boolean,
  { restart = false, waitMs = 3000 }: { restart?: boolean; waitMs?: number } = {},
): Promise<RebuildReport> => {
  const { generation, joined } = await begin(restart);
  // What the projector writes to is neither loaded nor counted any more, however it came to be.
  const mayLoad = (): boolean => !joined && hasTime();
  const loaded = doneOf(await loadLines(generation, mayLoad));
  // Nothing is counted before all lines are fixed.
  const counted = doneOf(await countLines(generation, () => isDone(loaded) && mayLoad()));
  const report = { generation, loaded, counted };
  if (!joined) {
    if (!isDone(counted)) return { ...report, state: 'building', drift: [] };
    await join(generation);
  }
  if (!hasTime()) return { ...report, state: 'building', drift: [] };
  const drift = await reconcile(generation, waitMs, (newest) => projectNewest(newest, generation));
  if (drift.length > 0) return { ...report, state: 'drift', drift };
  // Readers do not read consistently: what was written last has to have come everywhere.
  await pause(waitMs);
  await switchTo(generation);
  return { ...report, state: 'switched', drift: [] };
};
