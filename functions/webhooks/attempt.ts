import type { DeliveryProblem } from '../../events/webhooks.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { eventAt } from '../ledger/ledger.ts';
import { noticesOf } from '../people/notice.ts';
import { signingKey } from '../people/signing-key.ts';
import { isErased } from '../people/under-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { onceForVersion } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import { type CloudEvent, fullEventOf, noticeEventOf, thinEventOf } from './cloud-event.ts';
import type { Delivery } from './deliveries.ts';
import { mayManageWebhooks } from './policy.ts';
import { type Attempt, post } from './post.ts';
import { publicPartOf } from './public-part.ts';
import { reach } from './reach.ts';
import { readReceiver, signedHeaders } from './receivers.ts';
import { isForRobots, type RobotEvent, robotTextOf } from './robot-text.ts';
import { robotAttempt, robotRequest, withKeyword } from './robots.ts';
import type { Subscription } from './subscription.ts';

/** A webhook as the Ledger has it now. */
export interface Current extends Subscription {
  readonly version: number;
}

/** A webhook as it is now; undefined when it was deleted or never was. */
export const subscriptionNow = async (id: string): Promise<Current | undefined> => {
  const found = await aggregate('webhook').find(id);
  if (!found || found.state.status === 'deleted') return undefined;
  return { id, version: found.version, webhook: found.state };
};

/** @throws Rejection `forbidden`, or `not-found` for a webhook that is not there or was deleted */
export const managedWebhook = async (actor: Actor, id: string): Promise<Current> => {
  if (!mayManageWebhooks(actor)) throw new Rejection('forbidden');
  const found = await subscriptionNow(id);
  if (!found) throw new Rejection('not-found', { what: 'webhook', id });
  return found;
};

/** Webhooks whose receivers a container keeps. */
const mostOpened = 500;

/** A webhook's receiver. It is opened once for each version of the webhook in each container. */
const receiverOf = onceForVersion(mostOpened, readReceiver);

/** What is sent: an event, or a text for a robot. */
export type Content = CloudEvent | { readonly text: string };

const robotContent = async (event: RobotEvent): Promise<Content> => {
  const { areaId, organisationId } = publicPartOf(event);
  const area = areaId === null ? undefined : await aggregate('area').stateNow(areaId, false);
  const organisation =
    organisationId === null
      ? undefined
      : await aggregate('organisation').stateNow(organisationId, false);
  const names = { area: area?.name ?? '', organisation: organisation?.name ?? '' };
  return { text: robotTextOf(event, names, settings().locale) };
};

/**
 * What is sent for a delivery; null when there is nothing to send any more, because the person of a
 * notice was erased, or a robot is told nothing of the event.
 * @throws Error when the event is not in the Ledger or cannot be read
 */
export const contentOf = async (
  { event: { type, id, version }, notice }: Delivery,
  { id: webhookId, webhook }: Subscription,
): Promise<Content | null> => {
  const event = await eventAt({ type, id }, version);
  if (!event) throw new Error(`there is no version ${version} of ${type} ${id}`);
  if (webhook.kind !== 'http') return isForRobots(event) ? robotContent(event) : null;
  if (!notice)
    return webhook.content === 'full'
      ? fullEventOf(event)
      : thinEventOf(event, publicPartOf(event), `webhook ${webhookId}`);
  const { kind, volunteerId } = notice;
  if (kind !== 'erased' && (await isErased(volunteerId))) return null;
  const told = noticesOf(event).find((each) => each.volunteerId === volunteerId);
  if (!told) throw new Error('the event has no such notice');
  return noticeEventOf(event, told);
};

/**
 * Signs a body and posts it, once.
 * @param now epoch milliseconds, by which the district's secrets end
 */
export const attempt = async (
  subscription: Current,
  messageId: string,
  content: Content,
  now: number,
): Promise<Attempt> => {
  const receiver = await receiverOf(subscription.id, subscription.version);
  const { kind, keyword, asymmetric } = subscription.webhook;
  if ('text' in content) {
    if (kind === 'http') throw new Error('a text is for robots');
    const signing = { secret: receiver.secrets[0].secret, at: Date.now() };
    const { query, body } = robotRequest(kind, withKeyword(keyword, content.text), signing);
    const joint = receiver.url.includes('?') ? '&' : '?';
    const url = query ? `${receiver.url}${joint}${query}` : receiver.url;
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return robotAttempt(kind, await post(url, headers, body, reach()));
  }
  const body = JSON.stringify(content);
  const key = asymmetric ? await signingKey() : undefined;
  const headers = signedHeaders(receiver, { messageId, body, now, key }, new Date());
  return post(receiver.url, headers, body, reach());
};

/** Problems of the receiver itself, which other deliveries to it would meet too. */
const ofReceiver: readonly DeliveryProblem[] = [
  'timeout',
  'unreachable',
  'certificate',
  'address-refused',
];
const busyStatuses = [429, 502, 503, 504];

/** Whether other deliveries to the same receiver should wait. */
export const slowsReceiver = ({ problem, status, retryAfter }: Attempt): boolean =>
  (problem !== null && ofReceiver.includes(problem)) ||
  (status !== null && busyStatuses.includes(status)) ||
  (problem === 'refused' && retryAfter !== null);
