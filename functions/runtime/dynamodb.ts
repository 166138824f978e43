import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { chunksOf } from './batches.ts';

/** The one client of a function; undefined attributes are a mistake, not something to drop. */
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The reasons of a cancelled transaction by position, or undefined for any other error. */
export const cancellationCodes = (error: unknown): readonly string[] | undefined => {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return undefined;
  const { CancellationReasons } = error as Error & {
    CancellationReasons?: readonly { Code?: string }[];
  };
  return (CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
};

/** A condition of a transaction's action that did not hold, or an item that another one is writing. */
export const isConflict = (code: string): boolean =>
  code === 'ConditionalCheckFailed' || code === 'TransactionConflict';

const busyCodes = new Set(['ProvisionedThroughputExceeded', 'ThrottlingError']);

/**
 * Whether a transaction was cancelled only because others wrote the same items, or the table was busy:
 * read again, it may go.
 */
export const isContended = (error: unknown): boolean =>
  cancellationCodes(error)?.every(
    (code) => code === 'None' || isConflict(code) || busyCodes.has(code),
  ) ?? false;

/** How AWS says that it is busy, and the SDK that a connection did not come about. */
const transientNames = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/** Whether AWS is busy, out of order or out of reach for the moment, though the SDK has tried again. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { name, code, $fault } = error as Error & { code?: string; $fault?: string };
  return transientNames.has(name) || transientNames.has(code ?? '') || $fault === 'server';
};

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Waits a random while that grows with the attempt, so that rivals do not meet again. */
export const jitter = (attempt: number): Promise<void> => pause(Math.random() * 25 * 2 ** attempt);

type Item = Record<string, unknown>;

/** All items that a query finds, page after page. */
export const queryItems = async (input: QueryCommandInput): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client: dynamodb }, input))
    items.push(...Items);
  return items;
};

/** Gives all items that a scan finds, page after page. For maintenance only. */
export const scanItems = async (
  input: ScanCommandInput,
  take: (item: Item) => void,
): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, input))
    for (const item of Items) take(item);
};

/** BatchGetItem takes a hundred keys. */
const maxGets = 100;

/**
 * The items at any number of different keys, in any order; what is not there is left out.
 * @param attempts how often DynamoDB may leave keys over
 * @throws Error when it does so more often
 */
export const getItems = async (
  table: string,
  keys: readonly Item[],
  { consistent, attempts }: { readonly consistent: boolean; readonly attempts: number },
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (const chunk of chunksOf(keys, maxGets)) {
    let wanted: Item[] = [...chunk];
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      if (attempt > attempts) throw new Error('reads stay unprocessed');
      if (attempt > 1) await jitter(attempt);
      const RequestItems = { [table]: { Keys: wanted, ConsistentRead: consistent } };
      const page = await dynamodb.send(new BatchGetCommand({ RequestItems }));
      items.push(...(page.Responses?.[table] ?? []));
      wanted = page.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return items;
};
