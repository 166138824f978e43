import type { DomainEvent } from '../../events/catalogue.ts';
import { subscribe } from '../ledger/subscribe.ts';
import { noticesOf } from '../people/notice.ts';
import { inParallel } from '../runtime/batches.ts';
import { areasOf } from './areas-of-event.ts';
import { type Delivery, deliveryId, type Queued } from './deliveries.ts';
import { waitingSince } from './logged.ts';
import { publicPartOf } from './public-part.ts';
import { enqueue } from './queue.ts';
import { noteWaiting } from './store.ts';
import { matches, noticeType, type Routing } from './subscription.ts';
import { subscriptions } from './subscriptions.ts';

/** Puts an event, and the notices about it, into the queue for each webhook that gets it. */
export const dispatch = async (event: DomainEvent): Promise<void> => {
  const all = await subscriptions();
  if (all.length === 0) return;
  const { theme, organisationId } = publicPartOf(event);
  // Few webhooks filter by area, and not every event says which areas contain its own.
  const areaIds = all.some(({ webhook }) => webhook.areaIds.length > 0) ? await areasOf(event) : [];
  const routingOf = (type: string): Routing => ({ type, areaIds, theme, organisationId });
  const { type, id, version } = event.aggregate;
  const told = [
    { type: event.type, id: deliveryId(event.id, null), notice: null },
    ...noticesOf(event).map(({ id: noticeId, kind, volunteerId }) => ({
      ...{ type: noticeType(kind), id: deliveryId(event.id, noticeId) },
      notice: { kind, volunteerId },
    })),
  ];
  const deliveries = told.flatMap((each) =>
    all
      .filter((subscription) => matches(subscription, routingOf(each.type)))
      .map(
        (subscription): Delivery => ({
          webhookId: subscription.id,
          ...each,
          event: { type, id, version },
        }),
      ),
  );
  const queued = deliveries.map((each): Queued => ({ ...each, attempts: 0 }));
  const robots = new Set(all.filter(({ webhook }) => webhook.kind !== 'http').map(({ id }) => id));
  const [singly, together] = [
    queued.filter(({ webhookId }) => !robots.has(webhookId)),
    queued.filter(({ webhookId }) => robots.has(webhookId)),
  ];
  await enqueue(singly, () => 'recorded');
  // What waits for a robot is looked at each minute, and told in one message when it is much.
  const since = { at: event.recordedAt, dueAt: event.recordedAt, problem: null };
  await inParallel(10, together, (each) => noteWaiting(waitingSince(each, since)));
};

export const handler = subscribe(dispatch);
