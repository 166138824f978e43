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

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Waits a random while that grows with the attempt, so that rivals do not meet again. */
export const jitter = (attempt: number): Promise<void> => pause(Math.random() * 25 * 2 ** attempt);
