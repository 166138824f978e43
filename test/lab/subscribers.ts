import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { EventType } from '../../events/catalogue.ts';
import { handler as registrar } from '../../functions/imports/registrar.ts';
import { handler as notifier } from '../../functions/notices/notifier.ts';
import { handler as mover } from '../../functions/participation/reassign-hours.ts';
import { handler as project } from '../../functions/projector/projector.ts';
import type { SliceDescription, SubscriberDescription } from '../../functions/slice.ts';
import { slices } from '../../functions/slices.ts';
import { handler as memberships } from '../../functions/teams/keep-memberships.ts';
import { handler as people } from '../../functions/volunteers/people-subscriber.ts';
import { invoke } from '../support/invoke.ts';
import type { QueueSettings } from './queue.ts';

export interface Subscriber extends QueueSettings {
  /** The construct id in the template. */
  readonly id: string;
  readonly handler: (event: SQSEvent) => Promise<SQSBatchResponse>;
  /** The subscribed events; by default all events that the projector knows. */
  readonly events?: readonly EventType[];
}

const maxReceives = 5;

/**
 * The subscribers of the bus, each with its own queue: the projector, and those that the slices declare.
 * `test/infra/lab-subscribers.test.ts` compares them with the template.
 */
export const projector: Subscriber = {
  ...{ id: 'Projections', name: 'projector', handler: (batch) => invoke(project, batch) },
  ...{ delay: 0, visibility: 180, maxReceives },
};

/** The handlers of the slices' subscribers by function, with their names in a trace. */
const handlers: Readonly<Record<string, Pick<Subscriber, 'name' | 'handler'>>> = {
  PeopleSubscriber: { name: 'people', handler: (batch) => invoke(people, batch) },
  HoursMover: { name: 'mover', handler: (batch) => invoke(mover, batch) },
  MembershipSubscriber: { name: 'memberships', handler: (batch) => invoke(memberships, batch) },
  Notifier: { name: 'notifier', handler: (batch) => invoke(notifier, batch) },
  Registrar: { name: 'registrar', handler: (batch) => invoke(registrar, batch) },
};

const followerOf = (
  id: string,
  { queue, on, seconds, delaySeconds = 0, receives = maxReceives }: SubscriberDescription,
): Subscriber => {
  const played = handlers[id];
  if (!played) throw new Error(`the laboratory does not play ${id}`);
  // The visibility timeout is six times the function's timeout.
  const times = { delay: delaySeconds, visibility: seconds * 6, maxReceives: receives };
  return { id: queue, ...played, ...times, events: on };
};

export const followers: readonly Subscriber[] = (slices as readonly SliceDescription[]).flatMap(
  ({ subscribers }) => Object.entries(subscribers).map(([id, each]) => followerOf(id, each)),
);

const following = new Set(followers.map(({ name }) => name));
/** Whether a caller is a follower, such as `memberships 2`. */
export const isFollower = (who: string): boolean => following.has(who.split(' ')[0] ?? '');
/** Whether a caller receives messages from a queue: a follower, or the projector. */
export const isOnQueue = (who: string): boolean =>
  who.startsWith(`${projector.name} `) || isFollower(who);
