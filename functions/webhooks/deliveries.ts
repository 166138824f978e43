import type { NoticeKind } from '../people/notice-kinds.ts';

/** A delivery of one event, or of one notice about it, to one webhook: references only, no content. */
export interface Delivery {
  readonly webhookId: string;
  /** Names it among the webhook's deliveries, in the order in which the events were recorded. */
  readonly id: string;
  /** What it was subscribed by: an event type, or `notice.<kind>`. */
  readonly type: string;
  readonly event: { readonly type: string; readonly id: string; readonly version: number };
  /** Of a notice: whom it is for, by opaque id. */
  readonly notice: { readonly kind: NoticeKind; readonly volunteerId: string } | null;
}

/** A delivery as it stands in the queue. */
export interface Queued extends Delivery {
  /** Attempts made before it was put into the queue. */
  readonly attempts: number;
}

/** Deliveries to one robot, to be made by one message, as they stand in the queue. */
export interface Digest {
  readonly webhookId: string;
  readonly digest: readonly Queued[];
}

/** Between the ids of an event and of a notice in a delivery's id. */
const separator = '.';

/** @param noticeId null for the event itself */
export const deliveryId = (eventId: string, noticeId: string | null): string =>
  noticeId === null ? eventId : `${eventId}${separator}${noticeId}`;

/** `webhook-id`: the id of the event or notice, the same in every attempt. */
export const messageIdOf = ({ id }: Pick<Delivery, 'id'>): string =>
  id.split(separator).at(-1) ?? id;
