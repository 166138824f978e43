import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type EventType, sourceOf } from '../../events/catalogue.ts';
import { jitter } from '../shared/dynamodb.ts';
import { eventBridge } from '../shared/eventbridge.ts';
import { envelopeOf, type LedgerRow } from '../shared/ledger.ts';
import { busName } from '../shared/settings.ts';
import { logger } from '../shared/telemetry.ts';

/** PutEvents takes ten entries a call. */
const callSize = 10;
const attempts = 3;

interface Outgoing {
  readonly sequenceNumber: string;
  readonly aggregate: string;
  readonly entry: {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly Time: Date;
  };
}

const outgoing = (record: DynamoDBRecord): Outgoing => {
  const row = unmarshall(record.dynamodb?.NewImage as Parameters<typeof unmarshall>[0]);
  const event = envelopeOf(row as LedgerRow);
  return {
    sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
    aggregate: row.pk,
    entry: {
      EventBusName: busName(),
      Source: sourceOf(event.type as EventType),
      DetailType: event.type,
      Detail: JSON.stringify(event),
      Time: new Date(event.recordedAt),
    },
  };
};

/** Sends what has not gone yet, and what failed again; returns what still has not gone. */
const send = async (batch: readonly Outgoing[]): Promise<readonly Outgoing[]> => {
  let left = batch;
  for (let attempt = 1; left.length > 0 && attempt <= attempts; attempt += 1) {
    if (attempt > 1) await jitter(attempt);
    const { Entries } = await eventBridge.send(
      new PutEventsCommand({ Entries: left.map(({ entry }) => entry) }),
    );
    left = left.filter((_, index) => Entries?.[index]?.EventId === undefined);
  }
  return left;
};

/**
 * Calls of at most ten entries and never two of one aggregate, so that one which has to be sent
 * again is not overtaken by the next of its aggregate.
 */
const calls = (records: readonly Outgoing[]): readonly (readonly Outgoing[])[] => {
  const batches: Outgoing[][] = [];
  let aggregates = new Set<string>();
  for (const record of records) {
    const batch = batches.at(-1);
    if (!batch || batch.length === callSize || aggregates.has(record.aggregate)) {
      batches.push([record]);
      aggregates = new Set([record.aggregate]);
    } else {
      batch.push(record);
      aggregates.add(record.aggregate);
    }
  }
  return batches;
};

/**
 * Publishes what was appended, in order per aggregate. It stops at the first event that will not
 * go; the stream comes back to that one, and what went after it goes twice, which is harmless.
 */
export const handler = async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  // The Ledger is append-only: anything but an insert is not an event.
  const records = event.Records.filter(({ eventName }) => eventName === 'INSERT').map(outgoing);
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
