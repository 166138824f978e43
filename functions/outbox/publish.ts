import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type EventType, sourceOf } from '../../events/catalogue.ts';
import type { Envelope } from '../../events/envelope.ts';
import { envelopeOf, type LedgerRow, ledgerKey } from '../ledger/ledger.ts';
import { jitter } from '../runtime/dynamodb.ts';
import { busName } from '../runtime/settings.ts';
import { eventBridge } from './eventbridge.ts';

/** PutEvents takes at most ten entries. */
const callSize = 10;
const attempts = 3;

/** A row of the Ledger as an entry of PutEvents. */
export interface Outgoing {
  readonly aggregate: string;
  readonly entry: {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly Time: Date;
  };
}

/** The entry for an event. */
export const outgoingOf = (
  event: Pick<Envelope, 'type' | 'aggregate' | 'recordedAt'>,
): Outgoing => ({
  aggregate: ledgerKey(event.aggregate),
  entry: {
    EventBusName: busName(),
    Source: sourceOf(event.type as EventType),
    DetailType: event.type,
    Detail: JSON.stringify(event),
    Time: new Date(event.recordedAt),
  },
});

/**
 * The entry for a row. It is not checked by `readEvent`, so an error in reading cannot block
 * publishing.
 */
export const outgoing = (row: LedgerRow): Outgoing => outgoingOf(envelopeOf(row));

/** Sends the entries and repeats failed ones; returns those that failed to the end. */
export const send = async <T extends Outgoing>(batch: readonly T[]): Promise<readonly T[]> => {
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
 * Splits entries into calls of at most ten, with at most one entry of each aggregate. So an entry
 * that is sent again is not overtaken by the next one of its aggregate.
 */
export const calls = <T extends Outgoing>(records: readonly T[]): readonly (readonly T[])[] => {
  const batches: T[][] = [];
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
