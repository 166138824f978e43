import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
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
import { envelope } from '../../events/envelope.ts';
import { chunksOf } from '../runtime/batches.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { type DeadLetter, deadLetterOf, queues } from './dead-letters.ts';
import { describe } from './describe.ts';
import { outgoingOf, send } from './publish.ts';
import { republish, windowOf } from './republish.ts';

/** Otherwise the client would use the host of the queue's URL instead of the region's endpoint. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
const lambda = new LambdaClient({});

const request = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list') }),
  z.strictObject({
    action: z.literal('redrive'),
    queue: z.enum(['Undelivered', 'Unhandled']),
    /** Maximum of messages, so that messages which come back meanwhile are not moved for ever. */
    limit: z.int().min(1),
  }),
]);

/** SQS sends and receives at most ten messages a request. */
const atOnce = 10;
/** Maximum of messages shown of each queue, and of messages moved in each call. */
const listed = 50;
const moved = 100;
/** Visibility timeout in seconds while messages are looked at. */
const lookSeconds = 30;
/** Visibility timeout while messages are moved. The whole Ledger may be read for some of them. */
const moveSeconds = 900;
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
  const listing = [];
  for (const [name, url] of Object.entries(queues().deadLetters)) {
    const messages = await receive(url, listed, lookSeconds);
    for (const ten of chunksOf(messages, atOnce)) {
      const Entries = ten.map(({ ReceiptHandle }, index) => ({
        Id: `${index}`,
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
    }
    listing.push({ name, waiting: await waiting(url), messages: messages.map(describe) });
  }
  return { queues: listing };
};

interface Held<Letter = DeadLetter> {
  readonly message: Message;
  readonly letter: Letter;
}

const heldAs = <Kind extends DeadLetter['kind']>(held: readonly Held[], kind: Kind) =>
  held.filter(
    (each): each is Held<Extract<DeadLetter, { kind: Kind }>> => each.letter.kind === kind,
  );

const messagesOf = (held: readonly Held[]): readonly Message[] =>
  held.map(({ message }) => message);

const sendToProjector = async (from: string, held: ReturnType<typeof heldAs<'message'>>) => {
  for (const ten of chunksOf(held, atOnce)) {
    const Entries = ten.map(({ letter }, index) => ({ Id: `${index}`, MessageBody: letter.body }));
    const QueueUrl = queues().projections;
    failIfAny((await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).Failed);
    await remove(from, messagesOf(ten));
  }
};

/** Has Lambda invoke the functions again, with its retries. */
const invokeAgain = async (from: string, held: ReturnType<typeof heldAs<'event'>>) => {
  for (const each of held) {
    const Payload = JSON.stringify(each.letter.event);
    const { of: FunctionName } = each.letter;
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    await remove(from, [each.message]);
  }
};

const publishAgain = async (
  from: string,
  held: ReturnType<typeof heldAs<'position'>>,
  hasTime: () => boolean,
): Promise<number> => {
  if (held.length === 0) return 0;
  const events = await republish(windowOf(held.map(({ letter }) => letter.position)), hasTime);
  await remove(from, messagesOf(held));
  return events;
};

/** An event as EventBridge hands it to a target; what is not read here is passed on. */
const onBus = z.object({
  detail: z.looseObject(envelope.pick({ type: true, aggregate: true, recordedAt: true }).shape),
});

/** Publishes events again, to every subscriber, so that EventBridge passes them on once more. */
const passOnAgain = async (
  from: string,
  held: ReturnType<typeof heldAs<'forward'>>,
): Promise<void> => {
  for (const { message, letter } of held) {
    const stuck = await send([outgoingOf(onBus.parse(letter.event).detail)]);
    if (stuck.length > 0) throw new Error('an event was refused by the bus');
    await remove(from, [message]);
  }
};

/** Has a function that follows the Ledger's stream, other than the relay, read that time from the Ledger. */
const readAgain = async (
  from: string,
  held: ReturnType<typeof heldAs<'position'>>,
): Promise<number> => {
  for (const { message, letter } of held) {
    const { from: begin, to } = windowOf([letter.position]);
    const Payload = JSON.stringify({ from: begin.toISOString(), to: to.toISOString() });
    await lambda.send(
      new InvokeCommand({ FunctionName: letter.of, InvocationType: 'Event', Payload }),
    );
    await remove(from, [message]);
  }
  return held.reduce((sum, { letter }) => sum + letter.position.events, 0);
};

const isOfRelay = ({ letter }: Held<Extract<DeadLetter, { kind: 'position' }>>): boolean =>
  letter.of === 'Relay';

/**
 * Sends messages back to whom they belong. A message is deleted after it was sent: an interruption may
 * duplicate a message, but never loses one.
 * @returns how many events were sent
 */
const sendBack = async (
  from: string,
  messages: readonly Message[],
  hasTime: () => boolean,
): Promise<number> => {
  const held = messages.map((message) => ({ message, letter: deadLetterOf(message) }));
  const [ofQueue, ofFunctions] = [heldAs(held, 'message'), heldAs(held, 'event')];
  await sendToProjector(from, ofQueue);
  const positions = heldAs(held, 'position');
  const published = await publishAgain(from, positions.filter(isOfRelay), hasTime);
  const reread = await readAgain(
    from,
    positions.filter((each) => !isOfRelay(each)),
  );
  await invokeAgain(from, ofFunctions);
  const forwards = heldAs(held, 'forward');
  await passOnAgain(from, forwards);
  return ofQueue.length + ofFunctions.length + forwards.length + published + reread;
};

/**
 * Runs what an operator requests by `npm run redrive`: see docs/operations.md. `list` shows the
 * messages in the dead-letter queues, whose they are and why they are there. `redrive` moves up to 100
 * messages of one queue to where they belong: to the projector's queue, or to the function that has
 * not handled them. For positions in the Ledger's stream, the events recorded at that time are
 * published again, to every subscriber, and so is an event that did not reach a queue or bus of somebody
 * else.
 * @throws ZodError for another request or queue
 */
export const handler = chain<unknown, unknown>().handler(async (event, context) => {
  const asked = request.parse(event);
  if (asked.action === 'list') return list();
  const url = queues().deadLetters[asked.queue];
  const messages = await receive(url, Math.min(asked.limit, moved), moveSeconds);
  const hasTime = (): boolean => context.getRemainingTimeInMillis() > 5000;
  const events = await sendBack(url, messages, hasTime);
  logger.info('redriven', { queue: asked.queue, messages: messages.length, events });
  return { moved: messages.length, events, left: await waiting(url) };
});
