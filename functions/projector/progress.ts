import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { maxActions } from '../figures/engine.ts';
import { readLineOrder } from '../figures/line-order.ts';
import { type Item, storedIn } from '../figures/stored-items.ts';
import { dynamodb, isContended, jitter } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';

/** A part of a task in building a generation. */
export interface Work {
  readonly generation: number;
  readonly task: 'load' | 'count';
  readonly part: number;
}

/** The progress of a work. `Place` is where it continues. */
export interface Progress<Place> {
  /** Steps completed. */
  readonly steps: number;
  readonly after: Place | null;
  readonly done: boolean;
  /** Items put. */
  readonly items: number;
}

/** The items in one transaction, beside the progress itself. */
const itemsOfStep = maxActions - 1;
const attempts = 8;

const keyOf = ({ generation, task, part }: Work) => ({
  pk: pointerKey.pk,
  sk: `${generation}#${task}#${part}`,
});

export const readProgress = async <Place>(work: Work): Promise<Progress<Place>> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: keyOf(work), ConsistentRead: true }),
  );
  const { steps = 0, after = null, done = false, items = 0 } = (Item ?? {}) as Progress<Place>;
  return { steps, after, done, items };
};

/** Items to put, and where the work continues after them. */
export interface Step<Place> {
  readonly items: readonly Item[];
  readonly after: Place | null;
  readonly done: boolean;
}

/** Undefined when another run made this step. */
const makeStep = async <Place>(
  work: Work,
  before: Progress<Place>,
  { items, ...to }: Step<Place>,
): Promise<Progress<Place> | undefined> => {
  const TableName = viewsTable();
  const now = { ...to, steps: before.steps + 1, items: before.items + items.length };
  const progress = {
    TableName,
    Item: { ...keyOf(work), ...now },
    ...(before.steps > 0
      ? {
          ConditionExpression: 'steps = :before',
          ExpressionAttributeValues: { ':before': before.steps },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  };
  const orderKey = await readLineOrder();
  const puts = items.map((item) => ({
    TableName,
    Item: storedIn(work.generation, orderKey, item),
  }));
  const TransactItems = [progress, ...puts].map((Put) => ({ Put }));
  for (let attempt = 1; ; attempt += 1)
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems }));
      return now;
    } catch (error) {
      if (!isContended(error) || attempt === attempts) throw error;
      if ((await readProgress(work)).steps !== before.steps) return undefined;
      await jitter(Math.min(attempt, 5));
    }
};

/**
 * Makes these steps until another run makes one, and returns the progress.
 *
 * A step puts items unconditionally and, in the same transaction, moves the progress on from the
 * step that was read. So the steps of a work form one chain: of two runs, only one makes each step,
 * and a late write of a run that has died does nothing. Nothing is put once the work is done.
 */
export const advance = async <Place>(
  work: Work,
  before: Progress<Place>,
  steps: Iterable<Step<Place>>,
): Promise<Progress<Place>> => {
  let progress = before;
  for (const step of steps) {
    const next = await makeStep(work, progress, step);
    if (!next) return readProgress(work);
    progress = next;
  }
  return progress;
};

/** Splits items into portions of one step each. No items give one empty portion. */
export const portionsOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(all.length / itemsOfStep)) }, (_, at) =>
    all.slice(at * itemsOfStep, (at + 1) * itemsOfStep),
  );
