// One message to a robot in place of many: what waited for it together.
import { inParallel } from '../runtime/batches.ts';
import { isTransient, pause } from '../runtime/dynamodb.ts';
import { settings } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { attempt, contentOf, subscriptionNow } from './attempt.ts';
import type { Digest, Queued } from './deliveries.ts';
import { digestText } from './digest-text.ts';
import { fail, notBefore, noteHealth, noteOutcome, putOffUntil } from './outcome.ts';
import { robotGapMs, textBytes } from './robots.ts';
import { readHealth, readLogged } from './store.ts';
import type { Subscription } from './subscription.ts';

/** Deliveries that are read or written at the same time. */
const width = 10;

/** Whether a delivery still waits for the attempt that it was put into the queue for. */
const stillWaits = async ({ webhookId, id, attempts }: Queued): Promise<boolean> => {
  const logged = await readLogged(webhookId, id);
  return logged?.status === 'waiting' && logged.attempts === attempts;
};

const waitingOf = async (digest: readonly Queued[]): Promise<readonly Queued[]> => {
  const waits = await inParallel(width, digest, stillWaits);
  return digest.filter((_, at) => waits[at]);
};

/** Lists as failed what an attempt of a digest, which failed on our side, did not make. */
export const failDigest = async ({ digest }: Digest, now: number): Promise<void> => {
  await inParallel(width, await waitingOf(digest), (each) => fail(each, 'internal', now));
};

interface Told {
  readonly delivery: Queued;
  readonly text: string;
}

/** What is told of a delivery; undefined, and listed as failed, when its event cannot be read. */
const toldOf = async (
  delivery: Queued,
  subscription: Subscription,
  now: number,
): Promise<Told | undefined> => {
  try {
    const content = await contentOf(delivery, subscription);
    if (content && 'text' in content) return { delivery, text: content.text };
    throw new Error('a robot is told nothing of the event');
  } catch (error) {
    if (isTransient(error)) throw error;
    const { webhookId, id, type } = delivery;
    logger.error('not delivered', { webhookId, id, type, error: error as Error });
    await fail(delivery, 'internal', now);
    return undefined;
  }
};

/**
 * Tells a robot of what waits for it in one message, and writes of each what became of it. What was
 * delivered since it was put into the queue, also by an earlier run of this one, is left out.
 * @param now epoch milliseconds
 * @returns null: the queue is done with it
 */
export const deliverDigest = async ({ webhookId, digest }: Digest, now: number): Promise<null> => {
  const subscription = await subscriptionNow(webhookId);
  if (!subscription) return null;
  const { kind, keyword, status } = subscription.webhook;
  if (kind === 'http') throw new Error('a digest is for robots');
  const left = await waitingOf(digest);
  if (status !== 'active') {
    await inParallel(width, left, (each) => fail(each, 'not-active', now));
    return null;
  }
  const health = await readHealth(webhookId);
  const until = notBefore(kind, health, now);
  if (until) {
    await inParallel(width, left, (each) => putOffUntil(each, until, now));
    return null;
  }
  const told = (await inParallel(width, left, (each) => toldOf(each, subscription, now))).flatMap(
    (each) => each ?? [],
  );
  const [first] = told;
  if (!first) return null;
  const texts = told.map(({ text }) => text);
  const most = textBytes(kind, keyword);
  const text = texts.length === 1 ? first.text : digestText(texts, most, settings().locale);
  const began = performance.now();
  const made = await attempt(subscription, first.delivery.id, { text }, now);
  await noteHealth(webhookId, health, made, now);
  await inParallel(width, told, ({ delivery }) =>
    noteOutcome(delivery, delivery.attempts + 1, made, now),
  );
  // The next message waits until this one is done with.
  await pause(robotGapMs - (performance.now() - began));
  return null;
};
