import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Action, standardLimits } from '../figures/store.ts';
import { dynamodb, isContended, jitter } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';

/** A part of a task in building a generation. */
export interface Work {
  readonly generation: number;
  /** `load`, `people`, `activities` or a year. */
  readonly task: string;
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
  /** The years of which anything was loaded. */
  readonly years: readonly string[];
}

/** The actions in one transaction, beside the progress itself. */
export const actionsOfStep = standardLimits.actions - 1;
/** A transaction takes at most 4 MB. */
export const bytesOfStep = 2_000_000;
const attempts = 8;

const keyOf = ({ generation, task, part }: Work) => ({
  pk: pointerKey.pk,
  sk: `${generation}#${task}#${part}`,
});

export const readProgress = async <Place>(work: Work): Promise<Progress<Place>> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: keyOf(work), ConsistentRead: true }),
  );
  const found = (Item ?? {}) as Progress<Place>;
  const { steps = 0, after = null, done = false, items = 0, years = [] } = found;
  return { steps, after, done, items, years };
};

/** What to write, and where the work continues after it. */
export interface Step<Place> {
  readonly actions: readonly Action[];
  readonly after: Place | null;
  readonly done: boolean;
  readonly years?: readonly string[];
}

/** Undefined when another run made this step. */
const makeStep = async <Place>(
  work: Work,
  before: Progress<Place>,
  { actions, after, done, years = [] }: Step<Place>,
): Promise<Progress<Place> | undefined> => {
  const now: Progress<Place> = {
    steps: before.steps + 1,
    after,
    done,
    items: before.items + actions.length,
    years: [...new Set([...before.years, ...years])].sort(),
  };
  const progress = {
    TableName: viewsTable(),
    Item: { ...keyOf(work), ...now },
    ...(before.steps > 0
      ? {
          ConditionExpression: 'steps = :before',
          ExpressionAttributeValues: { ':before': before.steps },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  };
  const TransactItems = [{ Put: progress }, ...actions];
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
 * A step writes unconditionally and, in the same transaction, moves the progress on from the step
 * that was read. So the steps of a work form one chain: of two runs, only one makes each step, and a
 * late write of a run that has died does nothing. Additions are made once for the same reason.
 * Nothing is written once the work is done.
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
