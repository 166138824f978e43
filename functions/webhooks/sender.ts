import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { chain } from '../runtime/chain.ts';
import { isTransient, pause } from '../runtime/dynamodb.ts';
import { logger } from '../runtime/telemetry.ts';
import { attempt, contentOf, subscriptionNow } from './attempt.ts';
import { type Digest, messageIdOf, type Queued } from './deliveries.ts';
import { deliverDigest, failDigest } from './digest.ts';
import { fail, notBefore, noteHealth, noteOutcome, putOffUntil } from './outcome.ts';
import { putOff } from './queue.ts';
import { robotGapMs } from './robots.ts';
import { restAfter, waits } from './schedule.ts';
import { readHealth, readLogged } from './store.ts';

/** The first retry comes so soon that the message waits in the queue, and holds up its own group. */
const firstWaitMs = waits[0];

/**
 * Whether a delivery was made since it was handed out first: the function may have ended between the
 * receiver's answer and the queue's. An older success does not count, as of what is sent again.
 */
const wasDelivered = async ({ webhookId, id }: Queued, since: number): Promise<boolean> => {
  const logged = await readLogged(webhookId, id);
  return logged?.status === 'delivered' && Date.parse(logged.at) >= since;
};

/**
 * Makes one attempt of a delivery and writes what became of it.
 * @param receives how often the queue has handed it out, this time included
 * @returns seconds after which the queue hands it out again; null when the queue is done with it. What was
 *   delivered slowly is handed out once more only to hold up its own group: nothing is sent then.
 */
export const deliver = async (
  delivery: Queued,
  receives: number,
  now: number,
): Promise<number | null> => {
  const { webhookId } = delivery;
  const subscription = await subscriptionNow(webhookId);
  if (!subscription) return null;
  if (receives > 1 && (await wasDelivered(delivery, now - (receives - 1) * firstWaitMs)))
    return null;
  if (subscription.webhook.status !== 'active') {
    await fail(delivery, 'not-active', now);
    return null;
  }
  const health = await readHealth(webhookId);
  const attempts = delivery.attempts + receives;
  const until = receives === 1 ? notBefore(subscription.webhook.kind, health, now) : undefined;
  if (until) {
    await putOffUntil(delivery, until, now);
    return null;
  }
  const content = await contentOf(delivery, subscription);
  if (!content) return null;
  const began = performance.now();
  const made = await attempt(subscription, messageIdOf(delivery), content, now);
  // The next message waits until this one is done with.
  if (subscription.webhook.kind !== 'http') await pause(robotGapMs - (performance.now() - began));
  await noteHealth(webhookId, health, made, now);
  const { problem, retryAfter } = made;
  if (problem !== null && problem !== 'gone' && attempts === 1 && retryAfter === null)
    return firstWaitMs / 1000;
  await noteOutcome(delivery, attempts, made, now);
  return problem === null ? restAfter(made.latencyMs) : null;
};

/** So often a delivery that fails on our side is handed out before it is given up. */
const maxReceives = 4;

const handle = async (record: SQSRecord): Promise<boolean> => {
  const message = JSON.parse(record.body) as Queued | Digest;
  const { ApproximateReceiveCount, ApproximateFirstReceiveTimestamp } = record.attributes;
  const receives = Number(ApproximateReceiveCount);
  // The queue's clock: later receives come after the wait for the first retry.
  const now = Number(ApproximateFirstReceiveTimestamp) + (receives - 1) * firstWaitMs;
  try {
    // Earlier receives ended with the function, which wrote nothing.
    if (receives > maxReceives) throw new Error('received too often');
    const seconds =
      'digest' in message
        ? await deliverDigest(message, now)
        : await deliver(message, receives, now);
    if (seconds === null) return true;
    await putOff(record.receiptHandle, seconds);
    return false;
  } catch (error) {
    const { webhookId } = message;
    const of = 'digest' in message ? { digest: message.digest.length } : { id: message.id };
    logger.error('not delivered', { webhookId, ...of, receives, error: error as Error });
    // What can pass is waited for; the queue keeps it for two weeks.
    if (isTransient(error) || receives < maxReceives) return false;
    if ('digest' in message) await failDigest(message, now);
    else await fail(message, 'internal', now);
    return true;
  }
};

/**
 * Makes the attempts of the queue, one at a time for each webhook. A delivery that fails for good is
 * listed as failed and can be sent again.
 */
export const handler = chain<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of Records)
    if (!(await handle(record))) batchItemFailures.push({ itemIdentifier: record.messageId });
  return { batchItemFailures };
});
