import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeliveryProblem } from '../../events/webhooks.ts';
import { chain } from '../runtime/chain.ts';
import { isTransient, pause } from '../runtime/dynamodb.ts';
import { logger } from '../runtime/telemetry.ts';
import { attempt, contentOf, slowsReceiver, subscriptionNow } from './attempt.ts';
import { messageIdOf, type Queued } from './deliveries.ts';
import type { Attempt } from './post.ts';
import { putOff } from './queue.ts';
import { robotGapMs } from './robots.ts';
import { nextAttempt, restAfter, slowUntil, waits } from './schedule.ts';
import {
  clearHealth,
  type Health,
  type Logged,
  putHealth,
  putLogged,
  readHealth,
  readLogged,
} from './store.ts';

/** The first retry comes so soon that the message waits in the queue, and holds up its own group. */
const firstWaitMs = waits[0];

const iso = (at: number): string => new Date(at).toISOString();

/** What the log keeps of a delivery; the rest says what became of it. */
const logged = (
  { attempts: _, ...delivery }: Queued,
  rest: Omit<Logged, keyof Omit<Queued, 'attempts'>>,
): Logged => ({ ...delivery, ...rest });

const goneMs = 3_600_000;

const noAnswer = { answered: null, latencyMs: null, answer: '' };

/** Writes that a delivery failed for a reason that no attempt changes. */
const fail = (delivery: Queued, problem: DeliveryProblem, now: number): Promise<void> =>
  putLogged(
    logged(delivery, {
      ...{ status: 'failed', attempts: delivery.attempts, at: iso(now), problem, dueAt: null },
      ...noAnswer,
    }),
  );

/** The health of a receiver after one more failure. */
const worse = (
  webhookId: string,
  before: Health | undefined,
  made: Attempt,
  now: number,
): Health => {
  const failures = (before?.failures ?? 0) + 1;
  // Nothing else goes to a receiver that wants no more; it is disabled within a minute.
  const until =
    made.problem === 'gone'
      ? now + goneMs
      : slowsReceiver(made)
        ? slowUntil(failures, now, made.retryAfter)
        : null;
  return {
    webhookId,
    failingSince: before?.failingSince ?? iso(now),
    failures,
    problem: made.problem ?? 'status',
    slowUntil: until === null ? null : iso(until),
    warned: before?.warned ?? 0,
  };
};

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
  if (receives === 1 && health?.slowUntil && Date.parse(health.slowUntil) > now) {
    await putLogged(
      logged(delivery, {
        ...{ status: 'waiting', attempts: delivery.attempts, at: iso(now) },
        ...{ problem: health.problem, dueAt: health.slowUntil },
        ...noAnswer,
      }),
    );
    return null;
  }
  const content = await contentOf(delivery, subscription);
  if (!content) return null;
  const began = performance.now();
  const made = await attempt(subscription, messageIdOf(delivery), content, now);
  const { problem, status: answered, latencyMs, answer } = made;
  // The next message waits until this one is done with.
  if (subscription.webhook.kind !== 'http') await pause(robotGapMs - (performance.now() - began));
  if (problem === null) {
    if (health) await clearHealth(webhookId);
  } else {
    await putHealth(worse(webhookId, health, made, now), health);
    if (attempts === 1 && made.retryAfter === null && problem !== 'gone') return firstWaitMs / 1000;
  }
  const due = problem === null ? null : nextAttempt(attempts, now, Math.random(), made.retryAfter);
  await putLogged(
    logged(delivery, {
      status: problem === null ? 'delivered' : due === null ? 'failed' : 'waiting',
      ...{ attempts, at: iso(now), problem, answered, latencyMs, answer },
      dueAt: due === null ? null : iso(due),
    }),
  );
  return problem === null ? restAfter(latencyMs) : null;
};

/** So often a delivery that fails on our side is handed out before it is given up. */
const maxReceives = 4;

const handle = async (record: SQSRecord): Promise<boolean> => {
  const delivery = JSON.parse(record.body) as Queued;
  const { ApproximateReceiveCount, ApproximateFirstReceiveTimestamp } = record.attributes;
  const receives = Number(ApproximateReceiveCount);
  // The queue's clock: later receives come after the wait for the first retry.
  const now = Number(ApproximateFirstReceiveTimestamp) + (receives - 1) * firstWaitMs;
  try {
    // Earlier receives ended with the function, which wrote nothing.
    if (receives > maxReceives) throw new Error('received too often');
    const seconds = await deliver(delivery, receives, now);
    if (seconds === null) return true;
    await putOff(record.receiptHandle, seconds);
    return false;
  } catch (error) {
    const { webhookId, id, type } = delivery;
    logger.error('not delivered', { webhookId, id, type, receives, error: error as Error });
    // What can pass is waited for; the queue keeps it for two weeks.
    if (isTransient(error) || receives < maxReceives) return false;
    await fail(delivery, 'internal', now);
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
