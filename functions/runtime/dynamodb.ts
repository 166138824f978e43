import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { chunksOf, inParallel } from './batches.ts';

/** The function's only client. It refuses undefined attributes, which are a mistake. */
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The reasons of a cancelled transaction by position, or undefined for any other error. */
export const cancellationCodes = (error: unknown): readonly string[] | undefined =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : undefined;

/** Whether an action's condition failed, or another transaction is writing the item. */
export const isConflict = (code: string): boolean =>
  code === 'ConditionalCheckFailed' || code === 'TransactionConflict';

const busyCodes = new Set(['ProvisionedThroughputExceeded', 'ThrottlingError']);

/**
 * Whether a transaction was cancelled only because others wrote the same items, or the table was
 * busy. It may succeed after reading again.
 */
export const isContended = (error: unknown): boolean =>
  cancellationCodes(error)?.every(
    (code) => code === 'None' || isConflict(code) || busyCodes.has(code),
  ) ?? false;

/** Whether AWS is busy, failing or unreachable for the moment, after the SDK's own retries. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const said = error as Parameters<typeof isTransientError>[0];
  return isThrottlingError(said) || isTransientError(said) || isServerError(said);
};

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Waits a random time that grows with the attempt, so that competing writers do not meet again. */
export const jitter = (attempt: number): Promise<void> => pause(Math.random() * 25 * 2 ** attempt);

type Item = Record<string, unknown>;

/** Whether a write on a condition happened: false when its condition failed. */
export const didWrite = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * Puts an item unless there is one with its key.
 * @returns whether there was none
 */
export const putNew = (table: string, item: Item): Promise<boolean> =>
  didWrite(
    dynamodb.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );

/** All items that a query finds, page after page. */
export const queryItems = async (input: QueryCommandInput): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input))
    items.push(...Items);
  return items;
};

/** Passes on all items that a scan finds, page after page. For maintenance only. */
export const scanItems = async (
  input: ScanCommandInput,
  take: (item: Item) => void,
): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, input))
    for (const item of Items) take(item);
};

/** BatchGetItem takes at most 100 keys. */
const maxGets = 100;
/** Requests that are sent at the same time. */
const lanes = 8;

/**
 * The items at any number of different keys, in any order; missing items are left out.
 * @param attempts how often DynamoDB may leave keys unprocessed
 * @throws Error when it does so more often
 */
export const getItems = async (
  table: string,
  keys: readonly Item[],
  { consistent, attempts }: { readonly consistent: boolean; readonly attempts: number },
): Promise<readonly Item[]> => {
  const chunks = await inParallel(lanes, chunksOf(keys, maxGets), async (chunk) => {
    const items: Item[] = [];
    let wanted: Item[] = [...chunk];
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      if (attempt > attempts) throw new Error('reads stay unprocessed');
      if (attempt > 1) await jitter(attempt);
      const RequestItems = { [table]: { Keys: wanted, ConsistentRead: consistent } };
      const page = await dynamodb.send(new BatchGetCommand({ RequestItems }));
      items.push(...(page.Responses?.[table] ?? []));
      wanted = page.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return items;
  });
  return chunks.flat();
};

/** BatchWriteItem takes at most 25 requests. */
const maxDeletes = 25;

/**
 * Deletes any number of items, 25 at a time. Items that remain after an error are deleted by a repetition.
 * @throws Error when DynamoDB leaves a delete unprocessed eight times
 */
export const deleteItems = async (table: string, keys: readonly Item[]): Promise<void> => {
  for (const chunk of chunksOf(keys, maxDeletes)) {
    let requests = chunk.map((Key) => ({ DeleteRequest: { Key } })) as Item[];
    for (let attempt = 1; requests.length > 0; attempt += 1) {
      if (attempt > 8) throw new Error('deletes stay unprocessed');
      if (attempt > 1) await jitter(attempt);
      const RequestItems = { [table]: requests };
      const { UnprocessedItems } = await dynamodb.send(new BatchWriteCommand({ RequestItems }));
      requests = (UnprocessedItems?.[table] ?? []) as Item[];
    }
  }
};
