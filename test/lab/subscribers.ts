import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { catalogue, type EventType, eventTypes } from '../../events/catalogue.ts';
import { handler as closer } from '../../functions/closing/close-period.ts';
import { handler as restater } from '../../functions/closing/restate-periods.ts';
import { handler as registrar } from '../../functions/imports/registrar.ts';
import { handler as notifier } from '../../functions/notices/notifier.ts';
import { handler as project } from '../../functions/projector/projector.ts';
import { handler as names } from '../../functions/publicity/withdraw-names.ts';
import { handler as certificates } from '../../functions/recognition/keep-certificates.ts';
import type { SliceDescription, SubscriberDescription } from '../../functions/slice.ts';
import { slices } from '../../functions/slices.ts';
import { handler as stars } from '../../functions/stars/keep-stars.ts';
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

/**
 * The subscribers of the bus: the projector with its queue, and those that the slices declare, which are
 * invoked with single events. `test/infra/lab-subscribers.test.ts` compares them with the template.
 */
export const projector: Subscriber = {
  ...{ id: 'Projections', name: 'projector', handler: (batch) => invoke(project, batch) },
  ...{ again: [180, 900], maxReceives: 5 },
};

/** The slices' subscribers by function, with their names in a trace. */
const played: Readonly<Record<string, readonly [name: string, handler: typeof people]>> = {
  PeopleSubscriber: ['people', people],
  MembershipSubscriber: ['memberships', memberships],
  NameSubscriber: ['names', names],
  Notifier: ['notifier', notifier],
  Registrar: ['registrar', registrar],
  CertificateKeeper: ['certificates', certificates],
  StarKeeper: ['stars', stars],
};

/** Invokes a function with the event of a batch of one. */
const invoked =
  (handler: typeof people): Subscriber['handler'] =>
  async ({ Records: [record] }) => {
    await invoke(handler, JSON.parse(record?.body ?? ''));
    return { batchItemFailures: [] };
  };

/** Lambda's retries: after one minute, and after two more. */
const retries = { batch: 1, again: [60, 120], maxReceives: 3 };

const followerOf = (id: string, { on: events }: SubscriberDescription): Subscriber => {
  const [name, handler] = played[id] ?? [];
  if (!name || !handler) throw new Error(`the laboratory does not play ${id}`);
  return { id: `${id}OnBus`, name, handler: invoked(handler), ...retries, events };
};

/**
 * The followers of a district without further settings. The dispatcher of webhooks, which only some districts
 * have, appends nothing and writes no view: no law of the laboratory says anything of it.
 */
export const followers: readonly Subscriber[] = (slices as readonly SliceDescription[])
  .filter(({ setting }) => setting === undefined)
  .flatMap(({ subscribers }) =>
    Object.entries(subscribers).map(([id, each]) => followerOf(id, each)),
  );

/** The aggregates whose events may change figures of a closed month. */
const counted: ReadonlySet<string> = new Set(['sheet', 'activity', 'volunteer', 'team']);

/** What closes periods, and what restates closed months: played in runs in which somebody closes any. */
export const closers: readonly Subscriber[] = [
  {
    ...{ id: 'ClosePeriodOnBus', name: 'closer', handler: invoked(closer), ...retries },
    events: ['MonthCloseStarted', 'MonthClosed', 'YearCloseStarted'],
  },
  {
    ...{ id: 'RestatePeriodsOnBus', name: 'restater', handler: invoked(restater), ...retries },
    events: eventTypes.filter((type) => counted.has(catalogue[type].aggregate)),
  },
];

const following = new Set(followers.map(({ name }) => name));
/** Whether a caller is a follower, such as `memberships 2`. */
export const isFollower = (who: string): boolean => following.has(who.split(' ')[0] ?? '');
/** Whether a caller closes or restates periods, such as `closer 1`. */
const isClosing = (who: string): boolean => /^(closer|restater) /.test(who);
/** Whether a caller's events come again: any subscriber's. */
export const isOnQueue = (who: string): boolean =>
  who.startsWith(`${projector.name} `) || isFollower(who) || isClosing(who);
