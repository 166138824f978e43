// Takes appended rows through stream → relay → bus → queue → projector, in simulated time. Only the forming
// of batches is simulated; the functions are the real ones, on real rows.
import { createHash } from 'node:crypto';
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import { handler as notifier } from '../../functions/notices/notifier.ts';
import { handler as relay } from '../../functions/outbox/relay.ts';
import { noticed } from '../../functions/people/notice-kinds.ts';
import { handler as projector } from '../../functions/projector/projector.ts';
import { invoke } from '../../test/support/invoke.ts';
import type { Random } from '../random.ts';
import prices from './prices.json' with { type: 'json' };
import type { Appended, Wire } from './wire.ts';

const { streamShards, streamPollMs, appendMs, busMs } = prices.assumed;
/** As in infra/service/relay.ts and infra/constructs/subscriber.ts. */
const relayBatch = 100;
const queue = { batchSize: 100, windowMs: 1000 };
/** The limit of ReceiveMessage and DeleteMessageBatch. */
const pollSize = 10;

interface Message {
  readonly at: number;
  readonly body: string;
}

const textOf = (image: Appended['image'], ...path: readonly string[]): string => {
  let value = { M: image } as { M?: Record<string, never>; S?: string };
  for (const part of path) value = value.M?.[part] ?? {};
  return value.S ?? '';
};

/** Groups rows into polls: the records that one poll of a shard finds go to the relay together. */
const pollsOf = (rows: readonly Appended[]) => {
  const polls = new Map<string, { at: number; rows: Appended[] }>();
  for (const row of rows) {
    const at = Date.parse(textOf(row.image, 'event', 'recordedAt')) + appendMs;
    const shard = createHash('sha256').update(textOf(row.image, 'pk')).digest()[0] ?? 0;
    const poll = Math.ceil(at / streamPollMs) * streamPollMs;
    const key = `${poll}|${shard % streamShards}`;
    const known = polls.get(key) ?? { at: poll, rows: [] };
    known.rows.push(row);
    polls.set(key, known);
  }
  return [...polls.values()].sort((a, b) => a.at - b.at);
};

/** The message EventBridge makes of an event. */
const bodyOf = (entry: { Source?: string; DetailType?: string; Detail?: string }, at: number) =>
  JSON.stringify({
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: '111122223333',
    time: new Date(at).toISOString().replace(/\.\d+/, ''),
    region: 'us-east-1',
    resources: [],
    detail: JSON.parse(entry.Detail ?? '{}'),
  });

/** Publishes the rows. Returns the messages with their times of arrival. */
export const publish = async (wire: Wire, random: Random): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  for (const { at, rows } of pollsOf(wire.takeAppended()))
    for (let from = 0; from < rows.length; from += relayBatch) {
      const records = rows.slice(from, from + relayBatch).map(
        ({ image }, place): DynamoDBRecord => ({
          eventName: 'INSERT',
          dynamodb: {
            SequenceNumber: String(at + from + place),
            NewImage: image as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'],
          },
        }),
      );
      const { batchItemFailures } = await invoke(relay, {
        Records: records,
      } as DynamoDBStreamEvent);
      if (batchItemFailures.length > 0) throw new Error('the relay stopped');
      wire.counts.add('invocations');
      wire.counts.add('records', records.length);
      for (const entry of wire.takeEvents()) {
        const arrives = at + random.int(busMs[0] ?? 0, busMs[1] ?? 0);
        messages.push({ at: arrives, body: bodyOf(entry, arrives) });
      }
    }
  return messages.sort((a, b) => a.at - b.at);
};

/** A batch is complete one second after its first message, or when it is full. */
const batchesOf = (messages: readonly Message[]): readonly (readonly Message[])[] => {
  const batches: Message[][] = [];
  for (const message of messages) {
    const batch = batches.at(-1);
    const first = batch?.[0];
    if (batch && first && batch.length < queue.batchSize && message.at < first.at + queue.windowMs)
      batch.push(message);
    else batches.push([message]);
  }
  return batches;
};

const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / 65_536));
const bytesOf = (batch: readonly Message[]): number =>
  batch.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

/** Projects the messages into the Views, in batches as the queue's event source mapping forms them. */
export const project = async (wire: Wire, messages: readonly Message[]): Promise<void> => {
  for (const batch of batchesOf(messages)) {
    const Records = batch.map(
      ({ body, at }, place): SQSRecord =>
        ({
          messageId: `${batch[0]?.at}-${place}`,
          body,
          attributes: { SentTimestamp: String(at), ApproximateReceiveCount: '1' },
        }) as SQSRecord,
    );
    const answer = await invoke(projector, { Records } as SQSEvent);
    if (answer.batchItemFailures.length > 0) throw new Error('the projector left messages');
    const polls = Math.ceil(batch.length / pollSize);
    wire.counts.add('invocations');
    wire.counts.add('records', batch.length);
    for (const message of batch) wire.counts.add('sqs.send', units(bytesOf([message])));
    wire.counts.add('sqs.receive', Math.max(polls, units(bytesOf(batch))));
    wire.counts.add('sqs.delete', polls);
  }
};

/** Notifies the persons of those events that lead to notices: the bus invokes the notifier for each. */
export const notify = async (wire: Wire, messages: readonly Message[]): Promise<void> => {
  for (const { body } of messages) {
    const event = JSON.parse(body) as { readonly detail: DomainEvent };
    if (!(noticed as readonly string[]).includes(event.detail.type)) continue;
    await invoke(notifier, event);
    wire.counts.add('invocations');
    wire.counts.add('records');
  }
};
