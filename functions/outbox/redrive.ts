import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { chunksOf } from '../runtime/batches.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { deadLetters } from './dead-letters.ts';
import { describe } from './describe.ts';
import { republish, windowOf } from './republish.ts';

/** Without it the client would go to the host in a queue's URL instead of the region's endpoint. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

const request = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({
    action: z.literal('redrive'),
    queue: z.string(),
    /** Messages at most: what comes back meanwhile must not be moved for ever. */
    limit: z.int().min(1),
  }),
]);

/** SQS takes and hands out ten messages a request. */
const atOnce = 10;
/** Messages shown of each queue, and moved in each call. */
const listed = 50;
const moved = 100;
/** While a message is looked at or moved nobody else sees it, seconds. */
const lookSeconds = 30;
const moveSeconds = 120;
/** A window of the Ledger is read whole before its messages go, so they stay away for as long. */
const republishSeconds = 900;
/** A second of waiting makes SQS ask all its machines. */
const waitSeconds = 1;

const waiting = async (QueueUrl: string): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
};

const receive = async (
  QueueUrl: string,
  limit: number,
  seconds: number,
): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  while (messages.length < limit) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(atOnce, limit - messages.length),
        VisibilityTimeout: seconds,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    messages.push(...Messages);
  }
  return messages;
};

/** What a batch request could not do it says in its answer, not by an error. */
const failIfAny = (Failed: readonly { readonly Message?: string | undefined }[] = []): void => {
  if (Failed[0]) throw new Error(`SQS refused ${Failed.length} messages: ${Failed[0].Message}`);
};

const remove = async (QueueUrl: string, messages: readonly Message[]): Promise<void> => {
  for (const ten of chunksOf(messages, atOnce)) {
    const Entries = ten.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    failIfAny((await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).Failed);
  }
};

const list = async () => {
  const queues = [];
  for (const { name, url } of deadLetters()) {
    const messages = await receive(url, listed, lookSeconds);
    for (const ten of chunksOf(messages, atOnce)) {
      const Entries = ten.map(({ ReceiptHandle }, index) => ({
        Id: `${index}`,
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
    }
    queues.push({ name, waiting: await waiting(url), messages: messages.map(describe) });
  }
  return { queues };
};

/** Sends a message on before it is deleted: an interruption costs a duplicate, never a message. */
const sendBack = async (from: string, to: string, messages: readonly Message[]): Promise<void> => {
  for (const ten of chunksOf(messages, atOnce)) {
    const Entries = ten.map(({ Body }, index) => ({ Id: `${index}`, MessageBody: Body }));
    failIfAny((await sqs.send(new SendMessageBatchCommand({ QueueUrl: to, Entries }))).Failed);
    await remove(from, ten);
  }
};

/**
 * What an operator calls by `npm run redrive`: see docs/operations.md. `list` shows what lies in the
 * dead-letter queues and why. `redrive` moves up to a hundred messages of one of them to where they
 * belong: events into their subscriber's queue; for positions in the Ledger's stream, the events
 * recorded at that time go onto the bus once more, to every subscriber.
 * @throws ZodError for another request; RangeError for an unknown queue
 */
export const handler = chain<unknown, unknown>().handler(async (event, context) => {
  const asked = request.parse(event);
  if (asked.action === 'list') return list();
  const queue = deadLetters().find(({ name }) => name === asked.queue);
  if (!queue) throw new RangeError(`there is no dead-letter queue ${asked.queue}`);
  const limit = Math.min(asked.limit, moved);
  const messages = await receive(queue.url, limit, queue.to ? moveSeconds : republishSeconds);
  let events = messages.length;
  if (queue.to) await sendBack(queue.url, queue.to, messages);
  else if (messages.length > 0) {
    events = await republish(windowOf(messages), () => context.getRemainingTimeInMillis() > 5000);
    await remove(queue.url, messages);
  }
  logger.info('redriven', { queue: queue.name, messages: messages.length, events });
  return { moved: messages.length, events, left: await waiting(queue.url) };
});
