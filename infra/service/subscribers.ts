import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { catalogue, type EventType, eventTypes } from '../../events/catalogue.ts';
import { noticed } from '../../functions/notices/notice.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { Subscriber } from '../constructs/subscriber.ts';
import {
  allowPeople,
  noticesWebhook,
  partitions,
  people,
  peopleIndexes,
  query,
  type Wiring,
} from './wiring.ts';

const { persons, lists, hashKey } = partitions;

/** Bus → Views. */
const projector = (scope: Stack, { district, data: { views, bus } }: Wiring): Subscriber => {
  const timeout = Duration.seconds(30);
  const handler = new DistrictFunction(scope, 'Projector', {
    district,
    entry: 'projector/projector.ts',
    environment: { VIEWS_TABLE: views.tableName },
    timeout,
    memorySize: 1024,
    concurrency: district.concurrency.projector,
  });
  handler.allow(views, [
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ]);
  const subscriber = new Subscriber(scope, 'Projections', {
    bus,
    // A campaign is read from the Ledger and counts for nothing.
    events: eventTypes.filter((type) => catalogue[type].slice !== 'campaigns'),
    handler,
    timeout,
  });
  new Alarm(scope, 'ProjectionsBehind', {
    metric: subscriber.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
    threshold: Duration.minutes(10).toSeconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 2,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Figures are late: see docs/operations.md, "The figures are late"',
  });
  return subscriber;
};

/** What follows from a volunteer's events in People: duplicates are flagged, the erased cleared. */
const peopleKeeper = (scope: Stack, wiring: Wiring): Subscriber => {
  const {
    district,
    data: { ledger, people: table, peopleKey, bus },
  } = wiring;
  const timeout = Duration.seconds(30);
  const handler = new DistrictFunction(scope, 'PeopleKeeper', {
    district,
    entry: 'volunteers/keeper.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      PEOPLE_TABLE: table.tableName,
      PEOPLE_KEY: peopleKey.keyArn,
    },
    timeout,
  });
  handler.allowLedger(ledger, 'volunteers');
  allowPeople(handler, wiring, [...people, 'dynamodb:BatchWriteItem'], [persons, hashKey]);
  handler.allowIndexes(table, peopleIndexes);
  return new Subscriber(scope, 'PeopleUpkeep', {
    bus,
    events: ['VolunteerRegistered', 'PersonalDataCorrected', 'VolunteerErased'],
    handler,
    timeout,
  });
};

/** Appends what follows from an event for everything that the Views list under a volunteer. */
const follower = (
  scope: Stack,
  { district, data: { ledger, views, bus } }: Wiring,
  {
    id,
    entry,
    timeout,
    subscription,
    events,
    slice,
    receives,
  }: {
    readonly id: string;
    readonly entry: string;
    /** Whose aggregates it appends to. */
    readonly slice: string;
    readonly timeout: Duration;
    readonly subscription: string;
    readonly events: readonly EventType[];
    readonly receives?: number;
  },
): Subscriber => {
  const handler = new DistrictFunction(scope, id, {
    district,
    entry,
    environment: { LEDGER_TABLE: ledger.tableName, VIEWS_TABLE: views.tableName },
    timeout,
  });
  handler.allowLedger(ledger, slice);
  handler.allow(views, query);
  handler.allowIndexes(views, ['ByList']);
  return new Subscriber(scope, subscription, {
    bus,
    events,
    handler,
    timeout,
    // By then the Views mostly have what was appended before the event, and the event itself.
    delay: Duration.seconds(10),
    ...(receives === undefined ? {} : { receives }),
  });
};

/** The hours of a merged record become those of the record it went into. */
const hoursMover = (scope: Stack, wiring: Wiring): Subscriber =>
  follower(scope, wiring, {
    id: 'HoursMover',
    entry: 'participation/reassign-hours.ts',
    timeout: Duration.minutes(5),
    subscription: 'Merges',
    events: ['VolunteerMerged'],
    slice: 'participation',
  });

/**
 * Whoever is no volunteer any more is in no team; a merged record's are those of the other. Whoever
 * enters a team is looked at when the Views have it: they may be late by an hour, ten tries six
 * minutes apart, before the event is a dead letter.
 */
const membershipKeeper = (scope: Stack, wiring: Wiring): Subscriber =>
  follower(scope, wiring, {
    id: 'MembershipKeeper',
    entry: 'teams/keep-memberships.ts',
    timeout: Duration.minutes(1),
    subscription: 'Memberships',
    events: [
      'VolunteerMerged',
      'VolunteerErased',
      'VolunteerDeactivated',
      'ConsentWithdrawn',
      'PersonalDataCorrected',
      'TeamMemberInvited',
      'TeamMemberJoined',
      'TeamFormed',
      'TeamRevised',
    ],
    slice: 'teams',
    receives: 10,
  });

/** Tells people what happens to their records. */
const notifier = (scope: Stack, wiring: Wiring): Subscriber => {
  const {
    district,
    data: { ledger, people: table, peopleKey, bus },
  } = wiring;
  const timeout = Duration.seconds(30);
  const handler = new DistrictFunction(scope, 'Notifier', {
    district,
    entry: 'notices/notifier.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      PEOPLE_TABLE: table.tableName,
      PEOPLE_KEY: peopleKey.keyArn,
      ...noticesWebhook(district),
    },
    timeout,
  });
  // Nobody who was erased is told anything but that.
  handler.allow(ledger, ['dynamodb:Query'], ['volunteer#*']);
  // A notice goes into its person's partition; the key of keyed hashes makes the webhook's secret.
  allowPeople(
    handler,
    wiring,
    ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    [persons, hashKey],
  );
  return new Subscriber(scope, 'Notices', { bus, events: noticed, handler, timeout });
};

/** Registers the people of lists that were handed in, some at a time. */
const registrar = (scope: Stack, wiring: Wiring): Subscriber => {
  const {
    district,
    data: { ledger, people: table, peopleKey, bus },
  } = wiring;
  const timeout = Duration.minutes(5);
  const handler = new DistrictFunction(scope, 'Registrar', {
    district,
    entry: 'imports/registrar.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      PEOPLE_TABLE: table.tableName,
      PEOPLE_KEY: peopleKey.keyArn,
    },
    timeout,
  });
  handler.allowLedger(ledger, 'volunteers', 'imports');
  allowPeople(handler, wiring, people, [persons, lists, hashKey]);
  return new Subscriber(scope, 'Imports', {
    bus,
    events: ['ImportAccepted', 'ImportChunkRegistered'],
    handler,
    timeout,
  });
};

/** All that listen to the bus. */
export const addSubscribers = (scope: Stack, wiring: Wiring): readonly Subscriber[] =>
  [projector, peopleKeeper, hoursMover, membershipKeeper, notifier, registrar].map((add) =>
    add(scope, wiring),
  );
