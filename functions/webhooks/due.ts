import * as z from 'zod';
import { inParallel } from '../runtime/batches.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { changeFailing } from './change-failing.ts';
import { disable, warn } from './decider.ts';
import type { Queued } from './deliveries.ts';
import { enqueue, enqueueDigest } from './queue.ts';
import { percentFailed, warnings } from './schedule.ts';
import {
  type Health,
  noLongerDue,
  queryDue,
  readFailing,
  readList,
  sameHealthDelete,
  warningUpdate,
} from './store.ts';
import type { Subscription } from './subscription.ts';

/** The schedule's event: the time it was due, which is the only clock here. */
const event = z.object({ time: z.iso.datetime({ offset: true }) });

/** Deliveries of one webhook that are put into the queue each minute. */
const atOnce = 200;
/** A robot is told of more than so many in one message. */
const mostSingly = 5;
/** Webhooks that are looked at at the same time. */
const width = 10;

/** Warns of a webhook that fails, or disables it once it failed for too long or is gone. */
const judge = async (health: Health, at: number): Promise<void> => {
  const { problem, warned } = health;
  const percent = problem === 'gone' ? 100 : percentFailed(Date.parse(health.failingSince), at);
  if (percent >= 100) {
    const forgotten = sameHealthDelete(health);
    await changeFailing(health, at, (webhook) => disable(webhook, problem), forgotten);
    return;
  }
  const reached = warnings.findLast((each) => percent >= each) ?? 0;
  if (reached <= warned) return;
  const noted = warningUpdate(health, reached);
  await changeFailing(health, at, (webhook) => warn(webhook, reached, problem), noted);
};

/** Puts the due deliveries of a webhook into the queue. A repetition does not put them there twice. */
const enqueueDue = async (
  { id: webhookId, webhook }: Subscription,
  now: string,
): Promise<number> => {
  const due = await queryDue(webhookId, now, atOnce);
  const dueAtOf = new Map(due.map(({ id, dueAt }) => [id, dueAt]));
  const queued = due.map(
    ({ id, type, event: of, notice, attempts }): Queued => ({
      ...{ webhookId, id, type, event: of, notice, attempts },
    }),
  );
  const reason = ({ id }: Queued): string => `due ${dueAtOf.get(id)}`;
  if (webhook.kind !== 'http' && queued.length > mostSingly)
    await enqueueDigest({ webhookId, digest: queued }, reason);
  else await enqueue(queued, reason);
  await inParallel(width, due, noLongerDue);
  return due.length;
};

/**
 * Puts what is due into the queue, and warns of webhooks that fail or disables them.
 * @param at epoch milliseconds
 * @returns how many deliveries were put into the queue
 */
export const lookAtDue = async (at: number): Promise<number> => {
  const failing = await readFailing();
  for (const health of failing) await judge(health, at);
  const now = new Date(at).toISOString();
  const slow = new Set(
    failing
      .filter(({ slowUntil }) => slowUntil !== null && slowUntil > now)
      .map(({ webhookId }) => webhookId),
  );
  const ready = (await readList()).filter(({ id }) => !slow.has(id));
  const counts = await inParallel(width, ready, (each) => enqueueDue(each, now));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** Runs each minute. */
export const handler = chain<unknown, { readonly enqueued: number }>().handler(async (input) => {
  const enqueued = await lookAtDue(Date.parse(event.parse(input).time));
  if (enqueued > 0) logger.info('due', { enqueued });
  return { enqueued };
});
