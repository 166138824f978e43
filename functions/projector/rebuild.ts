import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { didWrite, dynamodb, pause } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey, readGenerations, viewsFormat } from '../views/generations.ts';
import { compareViews } from './compare-views.ts';
import type { Difference } from './compare-year.ts';
import { loadFacts } from './load-facts.ts';
import { makeItems } from './make-items.ts';
import type { Progress } from './progress.ts';
import { takeNewer } from './take-newer.ts';
import { projectorSeconds } from './timeout.ts';
import { yearsIn } from './year-contents.ts';

/** How many of the parts are done, and how many items were put. */
interface Done {
  readonly done: number;
  readonly of: number;
  readonly items: number;
}

export interface RebuildReport {
  /** `building`: call again. `switched`: the new generation is read. `drift`: items differ, no switch. */
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
const movePointer = (
  update: Pick<
    UpdateCommandInput,
    'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
  >,
): Promise<boolean> =>
  didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: viewsTable(),
        Key: pointerKey,
        ...update,
        ExpressionAttributeNames: { '#format': 'format' },
      }),
    ),
  );

/** The longest that a projector runs, and as long again as a reserve for clocks. */
const longestRunMs = 2 * projectorSeconds * 1000;

interface Begun {
  readonly generation: number;
  /** Whether the projector writes to it. */
  readonly joined: boolean;
  readonly readableAt: number;
}

/**
 * Begins a generation, or continues the one being made. With a new form it is always a new one: from
 * then on a projector of another form acknowledges nothing. The Ledger is read when such a projector
 * that has looked at the pointer before must have ended.
 */
const begin = async (restart: boolean, runMs: number): Promise<Begun> => {
  const { format, live, liveFormat, loading, building, newest, readableAt } =
    await readGenerations();
  const begun = loading ?? building;
  if (begun !== null && !restart && format === viewsFormat)
    return { generation: begun, joined: building !== null, readableAt };
  const generation = newest + 1;
  const from = format === viewsFormat ? readableAt : Date.now() + runMs;
  const moved = await movePointer({
    UpdateExpression:
      'SET live = :live, liveFormat = :liveFormat, #format = :format, loading = :generation, newest = :generation, readableAt = :from REMOVE building',
    ConditionExpression:
      '(attribute_not_exists(newest) OR newest = :newest) AND (attribute_not_exists(live) OR live = :live)',
    ExpressionAttributeValues: {
      ':live': live,
      ':liveFormat': liveFormat,
      ':format': viewsFormat,
      ':generation': generation,
      ':newest': newest,
      ':from': from,
    },
  });
  // Another run began at the same moment: both do the same work.
  return moved ? { generation, joined: false, readableAt: from } : begin(false, runMs);
};

/**
 * From here on the projector takes every event into the new generation too. A read of the Ledger
 * after this finds the earlier events. Does nothing when another run has done it.
 */
const join = (generation: number): Promise<boolean> =>
  movePointer({
    UpdateExpression: 'SET building = :generation, #format = :format REMOVE loading',
    ConditionExpression: 'loading = :generation',
    ExpressionAttributeValues: { ':generation': generation, ':format': viewsFormat },
  });

/** From now on the new generation is read. The old one is not deleted. */
const switchTo = async (generation: number): Promise<void> => {
  const moved = await movePointer({
    UpdateExpression: 'SET live = :generation, liveFormat = #format REMOVE building, readableAt',
    ConditionExpression: 'building = :generation',
    ExpressionAttributeValues: { ':generation': generation },
  });
  if (!moved) throw new Error(`generation ${generation} was switched to or abandoned by others`);
};

interface Options {
  readonly restart?: boolean;
  readonly waitMs?: number;
  readonly runMs?: number;
}

/**
 * Builds all Views anew from the Ledger, beside the ones that are read, and switches to them when
 * they agree with each other. It loads the facts, makes the items that they come to, and lets the
 * projector write too; events appended meanwhile are taken in then. Safe to interrupt, to repeat, and
 * to run twice at once.
 *
 * @param hasTime asked before each page is loaded, before items are put, and before the Ledger is read
 * once more; when it returns false, the state is `building`
 * @param restart abandon the generation being made, and begin a new one
 * @param waitMs how long a difference must last to be drift, and how long a write takes to reach
 * all readers
 * @param runMs how long a projector of another form may still run
 */
export const rebuild = async (
  hasTime: () => boolean,
  { restart = false, waitMs = 3000, runMs = longestRunMs }: Options = {},
): Promise<RebuildReport> => {
  const { generation, joined, readableAt } = await begin(restart, runMs);
  for (let left = readableAt - Date.now(); left > 0 && hasTime(); left = readableAt - Date.now())
    await pause(Math.min(left, 1000));
  // Once the projector writes to the generation, it is neither loaded nor counted.
  const mayLoad = (): boolean => !joined && Date.now() >= readableAt && hasTime();
  const progress = await loadFacts(generation, mayLoad);
  const loaded = doneOf(progress);
  const years = [...new Set(progress.flatMap((part) => part.years))].sort();
  // Items are made only when all facts are loaded.
  const counted = doneOf(await makeItems(generation, years, () => isDone(loaded) && mayLoad()));
  const report = { generation, loaded, counted };
  if (!joined) {
    if (!isDone(counted)) return { ...report, state: 'building', drift: [] };
    await join(generation);
  }
  if (!hasTime()) return { ...report, state: 'building', drift: [] };
  await takeNewer(generation);
  const drift = await compareViews(generation, await yearsIn(generation), waitMs);
  if (drift.length > 0) return { ...report, state: 'drift', drift };
  // Readers are eventually consistent: wait until the last writes are visible everywhere.
  await pause(waitMs);
  await switchTo(generation);
  return { ...report, state: 'switched', drift: [] };
};
