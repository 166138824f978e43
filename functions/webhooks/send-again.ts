import type { Route } from '../http/contract.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { type Current, managedWebhook } from './attempt.ts';
import type { webhooks } from './contract.ts';
import type { Queued } from './deliveries.ts';
import { waitingSince } from './logged.ts';
import { enqueue } from './queue.ts';
import { type Logged, putLogged, queryLogged, readLogged } from './store.ts';

/** What is shown of a delivery: without the person of a notice. */
export const shownDelivery = ({ webhookId: _, notice: __, ...shown }: Logged) => shown;

const queuedAgain = ({ webhookId, id, type, event, notice }: Logged): Queued => ({
  ...{ webhookId, id, type, event, notice },
  attempts: 0,
});

/** Puts deliveries into the queue again; what a robot is told again waits to be told in one message. */
const sendAgain = async (
  { webhook }: Current,
  failed: readonly Logged[],
  { at, idempotency }: Pick<Request<Route>, 'at' | 'idempotency'>,
): Promise<void> => {
  const queued = failed.map(queuedAgain);
  if (webhook.kind === 'http') {
    const { key = '' } = idempotency ?? {};
    return enqueue(queued, () => `again ${key}`);
  }
  const now = new Date(at).toISOString();
  const since = { at: now, dueAt: now, problem: null };
  await inParallel(10, queued, (each) => putLogged(waitingSince(each, since)));
};

export const resendDelivery: UseCase<typeof webhooks.resendDelivery> = async (request) => {
  const { id, deliveryId } = request.params;
  const webhook = await managedWebhook(request.actor, id);
  const logged = await readLogged(id, deliveryId);
  if (!logged) throw new Rejection('not-found', { what: 'delivery', id: deliveryId });
  await sendAgain(webhook, [logged], request);
  return { body: shownDelivery(logged) };
};

/** The least id of an event that was recorded at a time: a UUID of version 7 begins with it. */
const leastIdAt = (at: number): string => {
  const hex = Math.max(0, at).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-`;
};

/** Puts what failed into the queue again, from the oldest event on. */
export const recoverDeliveries: UseCase<typeof webhooks.recoverDeliveries> = async (request) => {
  const { id } = request.params;
  const { since, cursor, limit } = request.body;
  const webhook = await managedWebhook(request.actor, id);
  const list = ['recover', id, since];
  const after = cursor ? decodeCursor(list, cursor) : leastIdAt(Date.parse(since));
  const { items, last } = await queryLogged(id, { limit, after, oldestFirst: true });
  const failed = items.filter(({ status }) => status === 'failed');
  await sendAgain(webhook, failed, request);
  return {
    body: { resent: failed.length, next: last === null ? null : encodeCursor(list, last) },
  };
};
