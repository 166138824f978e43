import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { managedWebhook } from './attempt.ts';
import type { webhooks } from './contract.ts';
import { enqueue } from './queue.ts';
import { type Logged, queryLogged, readLogged } from './store.ts';

/** What is shown of a delivery: without the person of a notice. */
export const shownDelivery = ({ webhookId: _, notice: __, ...shown }: Logged) => shown;

const queuedAgain = ({ webhookId, id, type, event, notice }: Logged) => ({
  ...{ webhookId, id, type, event, notice },
  attempts: 0,
});

export const resendDelivery: UseCase<typeof webhooks.resendDelivery> = async (request) => {
  const { id, deliveryId } = request.params;
  await managedWebhook(request.actor, id);
  const logged = await readLogged(id, deliveryId);
  if (!logged) throw new Rejection('not-found', { what: 'delivery', id: deliveryId });
  const { key = '' } = request.idempotency ?? {};
  await enqueue([queuedAgain(logged)], () => `again ${key}`);
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
  await managedWebhook(request.actor, id);
  const list = ['recover', id, since];
  const after = cursor ? decodeCursor(list, cursor) : leastIdAt(Date.parse(since));
  const { items, last } = await queryLogged(id, { limit, after, oldestFirst: true });
  const failed = items.filter(({ status }) => status === 'failed');
  const { key = '' } = request.idempotency ?? {};
  await enqueue(failed.map(queuedAgain), () => `again ${key}`);
  return {
    body: { resent: failed.length, next: last === null ? null : encodeCursor(list, last) },
  };
};
