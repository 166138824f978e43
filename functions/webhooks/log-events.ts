import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../ledger/ledger.ts';
import { chain } from '../runtime/chain.ts';
import { scanItems } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { areasOf } from './areas-of-event.ts';
import { addToLog, type Told } from './event-log.ts';
import { publicPartOf } from './public-part.ts';

/** What the log keeps of an event. */
const toldOf = async (event: DomainEvent): Promise<Told> => {
  const { id, type, aggregate, district, recordedAt, correlationId } = event;
  const { areasAbove: _, ...part } = publicPartOf(event);
  const head = { id, type, aggregate, district, recordedAt, correlationId } as Told['head'];
  return { head, part, areaIds: await areasOf(event) };
};

const add = async (events: readonly DomainEvent[], now: number): Promise<void> => {
  const told: Told[] = [];
  for (const event of events) told.push(await toldOf(event));
  if (told.length > 0) await addToLog(told, now);
};

/** An event that cannot be read must not hold up all others: it can be added later, by `again`. */
const readable = (row: LedgerRow): readonly DomainEvent[] => {
  try {
    return [readEvent(envelopeOf(row))];
  } catch (error) {
    const { pk, version } = row;
    logger.error('not in the log of events', { pk, version, error: error as Error });
    return [];
  }
};

const fromStream = async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
  const rows = Records.filter(({ eventName }) => eventName === 'INSERT').map(({ dynamodb }) =>
    unmarshall(dynamodb?.NewImage as Parameters<typeof unmarshall>[0]),
  );
  const events = rows.filter(holdsEvent).flatMap((row) => readable(row as LedgerRow));
  const arrived = Records.map(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? 0);
  await add(events, Math.round(Math.max(...arrived) * 1000));
};

/** What `redrive` asks for: the events that were recorded in a time are added to the log once more. */
const again = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

const fromLedger = async ({ from, to }: z.infer<typeof again>): Promise<void> => {
  const events: DomainEvent[] = [];
  await scanItems(
    {
      TableName: ledgerTable(),
      FilterExpression: '#event.recordedAt BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#event': 'event' },
      ExpressionAttributeValues: { ':from': from, ':to': to },
      ConsistentRead: true,
    },
    (row) => events.push(...readable(row as unknown as LedgerRow)),
  );
  events.sort((one, other) => one.aggregate.version - other.aggregate.version);
  await add(events, Date.parse(to));
  logger.info('logged again', { from, to, events: events.length });
};

/**
 * Writes the log of events from the Ledger's stream, in order for each aggregate. A batch that fails is
 * repeated as a whole.
 */
export const handler = chain<unknown, DynamoDBBatchResponse>().handler(async (input) => {
  const { success, data } = again.safeParse(input);
  if (success) await fromLedger(data);
  else await fromStream(input as DynamoDBStreamEvent);
  return { batchItemFailures: [] };
});
