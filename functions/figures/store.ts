import {
  ConditionalCheckFailedException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  didWrite,
  dynamodb,
  getItems,
  isContended,
  jitter,
  queryItems,
} from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration } from '../views/generations.ts';
import type { Additions } from './counts.ts';
import { maxPageBytes, maxPages, type Revised } from './documents.ts';
import { type Key, keyName } from './layout.ts';

export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Item = Readonly<Record<string, unknown>>;

/** Sizes that only tests change. */
export interface Limits {
  readonly pageBytes: number;
  readonly pages: number;
  /** Of a transaction, where a change can be made in several. TransactWriteItems takes 100. */
  readonly actions: number;
  /** Members are counted in transactions of about this many actions. */
  readonly plannedActions: number;
  /**
   * A person's new entries in one transaction, alone and in a group of up to 21 records. An entry
   * changes at most ten items of counts: of its month and of its year, in its area, and the
   * corrections there, in the two areas above and in all areas.
   */
  readonly entriesOfPerson: number;
  readonly entriesOfGroup: number;
}
export const standardLimits: Limits = {
  pageBytes: maxPageBytes,
  pages: maxPages,
  actions: 100,
  plannedActions: 80,
  entriesOfPerson: 7,
  entriesOfGroup: 3,
};

const attempts = 8;

/** Items that were read at different moments contradict each other: they are read again. */
export class Overtaken extends Error {}

/** Whether somebody else wrote an item since it was read, or is writing it. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Overtaken ||
  isContended(error) ||
  error instanceof ConditionalCheckFailedException ||
  error instanceof TransactionConflictException;

/** Does a step, which reads and then writes, until nobody else wrote between its read and its write. */
export const untilWritten = async <Result>(
  step: () => Promise<Result>,
  attempt = 1,
): Promise<Result> => {
  try {
    return await step();
  } catch (error) {
    if (!isOvertaken(error) || attempt === attempts) throw error;
    await jitter(Math.min(attempt, 5));
    return untilWritten(step, attempt + 1);
  }
};

/**
 * Reads items. Reads that are asked for at the same time become one request: so each step is written for
 * one item, and a batch still reads the items of all its events together.
 */
const createReader = (generation: number, consistent: boolean) => {
  let wanted = new Map<string, Key>();
  let under: Promise<ReadonlyMap<string, Item>> | undefined;
  const readAll = async (): Promise<ReadonlyMap<string, Item>> => {
    for (let before = 0; before < wanted.size; ) {
      before = wanted.size;
      await null;
    }
    const keys = [...wanted.values()];
    wanted = new Map();
    under = undefined;
    const items = await getItems(
      viewsTable(),
      keys.map(({ pk, sk }) => ({ pk, sk })),
      { consistent, attempts },
    );
    return new Map(items.map((item) => [keyName(item as unknown as Key), item]));
  };
  return async ({ pk, sk }: Key): Promise<Item | undefined> => {
    const key = { pk: inGeneration(generation, pk), sk };
    wanted.set(keyName(key), key);
    under ??= readAll();
    return (await under).get(keyName(key));
  };
};

/** An item as it is stored in a generation: the partitions that it names get the generation's prefix. */
const storedIn = (generation: number, item: Item): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) =>
      ['pk', 'list', 'flag'].includes(name)
        ? [name, inGeneration(generation, String(value))]
        : [name, value],
    ),
  );

/** Holds while the item still has the revision at which it was read. */
const unchanged = (rev: number) =>
  rev === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } };

/** The items of one generation of the Views, as the engine of the figures reads and writes them. */
export const createStore = (generation: number, limits: Limits = standardLimits) => {
  const keyOf = ({ pk, sk }: Key) => ({ pk: inGeneration(generation, pk), sk });
  const put = (item: Item & Key): NonNullable<Action['Put']> => {
    const rev = item.rev as number;
    return {
      TableName: viewsTable(),
      Item: storedIn(generation, { ...item, rev: rev + 1 }),
      ...unchanged(rev),
    };
  };
  const perform = async ({ Put }: Action): Promise<void> => {
    if (!Put) throw new Error('only a put stands by itself');
    await dynamodb.send(new PutCommand(Put));
  };
  return {
    generation,
    limits,
    read: createReader(generation, true),

    /** Reads at half the price what may be a moment old, for a write that a newer revision refuses. */
    readRecent: createReader(generation, false),

    /** The sort keys of a partition. */
    sortKeysOf: async (partition: string): Promise<readonly string[]> => {
      const items = await queryItems({
        TableName: viewsTable(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': inGeneration(generation, partition) },
        ProjectionExpression: 'sk',
        ConsistentRead: true,
      });
      return items.map(({ sk }) => String(sk));
    },

    /** Puts an item with the next revision, if it still has this one. */
    put: (item: Item): Action => ({ Put: put(item as Item & Key) }),

    /** Puts an item over whatever is there. */
    putAnyway: (item: Item): Action => ({
      Put: { TableName: viewsTable(), Item: storedIn(generation, item) },
    }),

    /** Holds while nobody writes an item that was read, or was not there when it was read. */
    check: (item: Revised): Action => ({
      ConditionCheck: { TableName: viewsTable(), Key: keyOf(item), ...unchanged(item.rev) },
    }),

    /** Additions commute. They stand only beside a put, on revision, of what they are derived from. */
    add: (additions: Additions): readonly Action[] =>
      additions.all().map(({ key, by }) => {
        const all = [...by];
        return {
          Update: {
            TableName: viewsTable(),
            Key: keyOf(key),
            UpdateExpression: `ADD ${all.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(
              all.map(([name], at) => [`#n${at}`, name]),
            ),
            ExpressionAttributeValues: Object.fromEntries(
              all.map(([, value], at) => [`:n${at}`, value]),
            ),
          },
        };
      }),

    /** Writes one item by itself, with the next revision. */
    save: (item: Item): Promise<void> => perform({ Put: put(item as Item & Key) }),

    /** Does one put by itself. */
    perform,

    /** Puts a row unless there is one of this version or a later one. */
    saveRow: async (item: Item & { readonly version: number }): Promise<void> => {
      await didWrite(
        dynamodb.send(
          new PutCommand({
            TableName: viewsTable(),
            Item: storedIn(generation, item),
            ConditionExpression: 'attribute_not_exists(pk) OR version < :version',
            ExpressionAttributeValues: { ':version': item.version },
          }),
        ),
      );
    },

    /** Notes that all is written that follows from an item at this revision, unless it has another. */
    settle: async (item: Revised): Promise<void> => {
      try {
        await dynamodb.send(
          new UpdateCommand({
            TableName: viewsTable(),
            Key: keyOf(item),
            UpdateExpression: 'SET settled = :rev',
            ConditionExpression: 'rev = :rev',
            ExpressionAttributeValues: { ':rev': item.rev },
          }),
        );
      } catch (error) {
        // Whoever gave it another revision writes what follows from that one.
        if (!isOvertaken(error)) throw error;
      }
    },

    transact: async (actions: readonly Action[]): Promise<void> => {
      await dynamodb.send(new TransactWriteCommand({ TransactItems: [...actions] }));
    },
  };
};
export type Store = ReturnType<typeof createStore>;
