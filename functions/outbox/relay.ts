import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { holdsEvent, type LedgerRow } from '../ledger/ledger.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { calls, outgoing, send } from './publish.ts';

const outgoingOf = ({ dynamodb }: DynamoDBRecord) => {
  const row = unmarshall(dynamodb?.NewImage as Parameters<typeof unmarshall>[0]);
  if (!holdsEvent(row)) return [];
  return [{ ...outgoing(row as LedgerRow), sequenceNumber: dynamodb?.SequenceNumber ?? '' }];
};

/**
 * Publishes appended events, in order for each aggregate. It stops at the first event that cannot
 * be published. The stream retries from that event, so some later events may be published twice,
 * which is harmless.
 */
const relay = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  // The Ledger is append-only, so only inserts are events.
  const records = event.Records.filter(({ eventName }) => eventName === 'INSERT').flatMap(
    outgoingOf,
  );
  for (const batch of calls(records)) {
    const [stuck] = await send(batch).catch((error: unknown) => {
      logger.error('put events', { error: error as Error });
      return batch;
    });
    if (stuck) {
      logger.warn('relay stopped', { sequenceNumber: stuck.sequenceNumber });
      return { batchItemFailures: [{ itemIdentifier: stuck.sequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
};

export const handler = chain<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(relay);
