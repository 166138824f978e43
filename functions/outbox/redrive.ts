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

/** Otherwise the client would use the host of the queue's URL instead of the region's endpoint. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

const request = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({
    action: z.literal('redrive'),
    queue: z.string(),
    /** Maximum of messages, so that messages which come back meanwhile are not moved for ever. */
    limit: z.int().min(1),
  }),
]);

/** SQS sends and receives at most ten messages a request. */
const atOnce = 10;
/** Maximum of messages shown of each queue, and of messages moved in each call. */
const listed = 50;
const moved = 100;
/** Visibility timeout in seconds while messages are looked at or moved. */
const lookSeconds = 30;
const moveSeconds = 120;
/** Visibility timeout while the Ledger is read for a window, before the messages are deleted. */
const republishSeconds = 900;
/** Waiting for a second makes SQS query all its servers. */
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

/** A batch request reports failures in its answer rather than by an error. */
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

/** Sends a message before deleting it: an interruption may duplicate a message, but never loses one. */
const sendBack = async (from: string, to: string, messages: readonly Message[]): Promise<void> => {
  for (const ten of chunksOf(messages, atOnce)) {
    const Entries = ten.map(({ Body }, index) => ({ Id: `${index}`, MessageBody: Body }));
    failIfAny((await sqs.send(new SendMessageBatchCommand({ QueueUrl: to, Entries }))).Failed);
    await remove(from, ten);
  }
};

/**
 * Runs what an operator requests by `npm run redrive`: see docs/operations.md. `list` shows the
 * messages in the dead-letter queues and why they are there. `redrive` moves up to 100 messages of
 * one queue to where they belong. Events go back to their subscriber's queue. For positions in the
 * Ledger's stream, the events recorded at that time are published again, to every subscriber.
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
