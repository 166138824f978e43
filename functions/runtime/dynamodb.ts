import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

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
