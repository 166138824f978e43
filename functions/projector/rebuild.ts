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

/** How many of the parts are done, and how many items were put. */
interface Done {
  readonly done: number;
  readonly of: number;
  readonly items: number;
}

export interface RebuildReport {
  /** `building`: call again. `switched`: the new generation is read. `drift`: totals differ, no switch. */
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

/** Updates the pointer. False when it has changed and the condition fails. */
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

/**
 * Begins a generation, or continues the one being made. `joined` says whether the projector writes
 * to it.
 */
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
  // Another run began at the same moment: both do the same work.
  return moved ? { generation, joined: false } : begin(false);
};

/**
 * From here on the projector takes every event into both generations. A read of the Ledger after
 * this finds the earlier events. Does nothing when another run has done it.
 */
const join = (generation: number): Promise<boolean> =>
  movePointer({
    UpdateExpression: 'SET building = :generation REMOVE loading',
    ConditionExpression: 'loading = :generation',
    ExpressionAttributeValues: { ':generation': generation },
  });

/** From now on the new generation is read. The old one is not deleted. */
const switchTo = async (generation: number): Promise<void> => {
  const moved = await movePointer({
    UpdateExpression: 'SET live = :generation REMOVE building',
    ConditionExpression: 'building = :generation',
    ExpressionAttributeValues: { ':generation': generation },
  });
  if (!moved) throw new Error(`generation ${generation} was switched to or abandoned by others`);
};

/**
 * Uses the same transactions as the projector, which writes here too. The later of the two finds
 * that the line is not older and skips it.
 */
const projectNewest = async (newest: readonly Projected[], generation: number): Promise<void> => {
  for (const chunk of transactionChunksOf(await newerOf(newest, generation)))
    await apply(chunk, generation);
};

/**
 * Builds all Views anew from the Ledger, beside the ones that are read, and switches to them when
 * every total agrees with the Ledger. It loads the lines, counts them, and lets the projector write
 * too; events appended meanwhile are taken in then. Safe to interrupt, to repeat, and to run twice
 * at once.
 *
 * @param hasTime asked before each page is loaded, before counted items are put, and before the
 * comparison; when it returns false, the state is `building`
 * @param restart abandon the generation being made, and begin a new one
 * @param waitMs how long a difference must last to be drift, and how long a write takes to reach
 * all readers
 */
export const rebuild = async (
  hasTime: () => boolean,
  { restart = false, waitMs = 3000 }: { restart?: boolean; waitMs?: number } = {},
): Promise<RebuildReport> => {
  const { generation, joined } = await begin(restart);
  // Once the projector writes to the generation, it is neither loaded nor counted.
  const mayLoad = (): boolean => !joined && hasTime();
  const loaded = doneOf(await loadLines(generation, mayLoad));
  // Counting starts only when all lines are loaded.
  const counted = doneOf(await countLines(generation, () => isDone(loaded) && mayLoad()));
  const report = { generation, loaded, counted };
  if (!joined) {
    if (!isDone(counted)) return { ...report, state: 'building', drift: [] };
    await join(generation);
  }
  if (!hasTime()) return { ...report, state: 'building', drift: [] };
  const drift = await reconcile(generation, waitMs, (newest) => projectNewest(newest, generation));
  if (drift.length > 0) return { ...report, state: 'drift', drift };
  // Readers are eventually consistent: wait until the last writes are visible everywhere.
  await pause(waitMs);
  await switchTo(generation);
  return { ...report, state: 'switched', drift: [] };
};
