import {
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { FilterPattern, LogGroup, MetricFilter, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { catalogue, type EventType, eventTypes } from '../events/catalogue.ts';
import { noticed } from '../functions/notices/notice.ts';
import { contracts } from '../functions/reference/contracts.ts';
import { DistrictFunction } from './constructs/district-function.ts';
import { Nightly } from './constructs/nightly.ts';
import { DeadLetterQueue, Subscriber } from './constructs/subscriber.ts';
import type { DataStack } from './data-stack.ts';
import type { District } from './settings.ts';

export interface ServiceStackProps extends StackProps {
  readonly district: District;
  readonly data: DataStack;
}

const append = ['dynamodb:Query', 'dynamodb:PutItem'];
const query = ['dynamodb:Query', 'dynamodb:GetItem'];
/** Personal data are read, put and, when a person is erased, deleted. */
const people = [...query, 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

/** What each slice's HTTP function may do with the tables: what is not named here, it may not. */
const access: Readonly<
  Record<
    keyof typeof contracts,
    {
      readonly ledger?: readonly string[];
      readonly views?: readonly string[];
      readonly indexes?: readonly string[];
      readonly people?: readonly string[];
      /** Where a request is more work than a form: seconds, and megabytes. */
      readonly room?: { readonly seconds: number; readonly memorySize: number };
      /** Looks people up by ID number or phone. */
      readonly lookUps?: boolean;
      /** Makes keyed hashes, and reads nobody's data. */
      readonly keyedHashes?: boolean;
      /** Reads which record a person's own token leads to. */
      readonly links?: boolean;
    }
  >
> = {
  campaigns: { ledger: append },
  organisations: { ledger: append, views: query, people: [...query, 'dynamodb:PutItem'] },
  volunteers: { ledger: append, views: query, indexes: ['ByList'], people },
  activities: { ledger: append, views: query, indexes: ['ByList'] },
  participation: { ledger: append, views: query, indexes: ['ByList'] },
  records: {
    ledger: append,
    views: [...query, 'dynamodb:BatchGetItem'],
    indexes: ['ByList'],
    people: [...query, 'dynamodb:PutItem'],
  },
  imports: {
    ledger: append,
    views: query,
    people: [...query, 'dynamodb:PutItem'],
    lookUps: true,
    // A list of 10,000 people is checked while its sender waits, for as long as a gateway does.
    room: { seconds: 29, memorySize: 1024 },
  },
  teams: { ledger: append, views: query, links: true },
  notices: { ledger: query, people: [...query, 'dynamodb:PutItem'] },
  dashboards: {
    ledger: ['dynamodb:Query'],
    views: query,
    indexes: ['ByMonth'],
    keyedHashes: true,
  },
  reference: {},
};

const noticesWebhook = ({ notices: { webhook } }: District): Record<string, string> =>
  webhook === null ? {} : { NOTICES_WEBHOOK: webhook };

/** What a district runs: it holds nothing, and could be taken down and put up again. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { district, data, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const relayDeadLetters = this.relay(district, data);
    const subscribers = [
      this.projector(district, data),
      this.peopleKeeper(district, data),
      this.hoursMover(district, data),
      this.membershipKeeper(district, data),
      this.notifier(district, data),
      this.registrar(district, data),
    ];
    this.api(district, data);
    this.maintenance(district, data);
    this.reconcile(district, data);
    this.retention(district, data);
    this.redrive(district, data, relayDeadLetters, subscribers);
    this.tellAlarms(district);
  }

  /** Every alarm tells the district's topic, when it rings and when it stops. */
  private tellAlarms({ alarms: { topicArn } }: District): void {
    if (topicArn === null) return;
    const action = new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', topicArn));
    for (const alarm of this.node.findAll())
      if (alarm instanceof Alarm) {
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
  }

  /** Ledger stream → bus. One batch at a time for each shard, so an aggregate's events keep order. */
  private relay(district: District, { ledger, bus }: DataStack): Queue {
    const deadLetters = new DeadLetterQueue(this, 'RelayDeadLetters');
    const relay = new DistrictFunction(this, 'Relay', {
      district,
      entry: 'outbox/relay.ts',
      environment: { BUS_NAME: bus.eventBusName },
      timeout: Duration.seconds(30),
    });
    bus.grantPutEventsTo(relay);
    relay.addEventSource(
      new DynamoEventSource(ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // As long as the stream keeps a record: an outage of hours must not cost an event.
        retryAttempts: 10_000,
        onFailure: new SqsDlq(deadLetters),
      }),
    );
    new Alarm(this, 'RelayBehind', {
      metric: relay.metric('IteratorAge', { statistic: 'max', period: Duration.minutes(5) }),
      threshold: Duration.minutes(10).toMilliseconds(),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Events are not leaving: see docs/operations.md, "The relay is behind"',
    });
    return deadLetters;
  }

  /** Bus → Views. */
  private projector(district: District, { views, bus }: DataStack): Subscriber {
    const timeout = Duration.seconds(30);
    const projector = new DistrictFunction(this, 'Projector', {
      district,
      entry: 'dashboards/projector.ts',
      environment: { VIEWS_TABLE: views.tableName },
      timeout,
      memorySize: 1024,
    });
    projector.allow(views, [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    return new Subscriber(this, 'Projections', {
      bus,
      // A campaign is read from the Ledger and counts for nothing.
      events: eventTypes.filter((type) => catalogue[type].slice !== 'campaigns'),
      handler: projector,
      timeout,
    });
  }

  /** What follows from a volunteer's events in People: duplicates are flagged, the erased cleared. */
  private peopleKeeper(district: District, { ledger, people: table, peopleKey, bus }: DataStack) {
    const timeout = Duration.seconds(30);
    const keeper = new DistrictFunction(this, 'PeopleKeeper', {
      district,
      entry: 'volunteers/keeper.ts',
      environment: {
        LEDGER_TABLE: ledger.tableName,
        PEOPLE_TABLE: table.tableName,
        PEOPLE_KEY: peopleKey.keyArn,
      },
      timeout,
    });
    keeper.allow(ledger, append);
    keeper.allow(table, [...people, 'dynamodb:BatchWriteItem'], ['ByIdNumber', 'ByPhone']);
    keeper.allowDataKeys(peopleKey, district);
    return new Subscriber(this, 'PeopleUpkeep', {
      bus,
      events: ['VolunteerRegistered', 'PersonalDataCorrected', 'VolunteerErased'],
      handler: keeper,
      timeout,
    });
  }

  /** The hours of a merged record become those of the record it went into. */
  private hoursMover(district: District, data: DataStack): Subscriber {
    return this.follower(district, data, {
      id: 'HoursMover',
      entry: 'participation/reassign-hours.ts',
      timeout: Duration.minutes(5),
      subscription: 'Merges',
      events: ['VolunteerMerged'],
    });
  }

  /** Whoever is no volunteer any more is in no team; a merged record's are those of the other. */
  private membershipKeeper(district: District, data: DataStack): Subscriber {
    return this.follower(district, data, {
      id: 'MembershipKeeper',
      entry: 'teams/keep-memberships.ts',
      timeout: Duration.minutes(1),
      subscription: 'Memberships',
      events: ['VolunteerMerged', 'VolunteerErased', 'VolunteerDeactivated', 'ConsentWithdrawn'],
    });
  }

  /** Appends what follows from an event for everything that the Views list under a volunteer. */
  private follower(
    district: District,
    { ledger, views, bus }: DataStack,
    {
      id,
      entry,
      timeout,
      subscription,
      events,
    }: {
      readonly id: string;
      readonly entry: string;
      readonly timeout: Duration;
      readonly subscription: string;
      readonly events: readonly EventType[];
    },
  ): Subscriber {
    const handler = new DistrictFunction(this, id, {
      district,
      entry,
      environment: { LEDGER_TABLE: ledger.tableName, VIEWS_TABLE: views.tableName },
      timeout,
    });
    handler.allow(ledger, append);
    handler.allow(views, query, ['ByList']);
    // What was listed just before the event is in the Views by then.
    const wait = Duration.seconds(10);
    return new Subscriber(this, subscription, { bus, events, handler, timeout, wait });
  }

  /** Tells people what happens to their records. */
  private notifier(district: District, { people: table, peopleKey, bus }: DataStack): Subscriber {
    const timeout = Duration.seconds(30);
    const notifier = new DistrictFunction(this, 'Notifier', {
      district,
      entry: 'notices/notifier.ts',
      environment: {
        PEOPLE_TABLE: table.tableName,
        PEOPLE_KEY: peopleKey.keyArn,
        ...noticesWebhook(district),
      },
      timeout,
    });
    notifier.allow(table, ['dynamodb:GetItem', 'dynamodb:PutItem']);
    notifier.allowDataKeys(peopleKey, district);
    return new Subscriber(this, 'Notices', { bus, events: noticed, handler: notifier, timeout });
  }

  /** Registers the people of lists that were handed in, some at a time. */
  private registrar(district: District, { ledger, people: table, peopleKey, bus }: DataStack) {
    const timeout = Duration.minutes(5);
    const registrar = new DistrictFunction(this, 'Registrar', {
      district,
      entry: 'imports/registrar.ts',
      environment: {
        LEDGER_TABLE: ledger.tableName,
        PEOPLE_TABLE: table.tableName,
        PEOPLE_KEY: peopleKey.keyArn,
      },
      timeout,
    });
    registrar.allow(ledger, append);
    registrar.allow(table, people);
    registrar.allowDataKeys(peopleKey, district);
    return new Subscriber(this, 'Imports', {
      bus,
      events: ['ImportAccepted', 'ImportChunkRegistered'],
      handler: registrar,
      timeout,
    });
  }

  /** One function for each slice, its routes from its contract; a token for all but public reads. */
  private api(district: District, data: DataStack): void {
    const { ledger, views } = data;
    const api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer('Issuer', district.oidc.issuer, {
        jwtAudience: district.oidc.audience,
      }),
    });
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The routes without an authorizer are the public reads that the contracts name',
    });
    const stage = new HttpStage(this, 'ApiStage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 200, burstLimit: 400 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'ApiAccessLog', {
            retention: district.retention.logDays as RetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        // No address, no subject, no user agent: who asked is in the Ledger where it matters.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            route: '$context.routeKey',
            status: '$context.status',
            latency: '$context.responseLatency',
          }),
        ),
      },
    });
    new CfnOutput(this, 'ApiUrl', { value: stage.url, description: 'Where the API is' });
    for (const [slice, contract] of Object.entries(contracts)) {
      const {
        ledger: onLedger = [],
        views: onViews = [],
        indexes,
        people: onPeople = [],
        room,
        lookUps = false,
        keyedHashes = false,
        links = false,
      } = access[slice as keyof typeof access];
      const handler = new DistrictFunction(this, `${slice[0]?.toUpperCase()}${slice.slice(1)}Api`, {
        district,
        entry: `${slice}/api.ts`,
        environment: {
          ...(onLedger.length > 0 ? { LEDGER_TABLE: ledger.tableName } : {}),
          ...(onViews.length > 0 ? { VIEWS_TABLE: views.tableName } : {}),
          ...(onPeople.length > 0 || keyedHashes || links
            ? { PEOPLE_TABLE: data.people.tableName, PEOPLE_KEY: data.peopleKey.keyArn }
            : {}),
          ...(slice === 'notices' ? noticesWebhook(district) : {}),
        },
        ...(room ? { timeout: Duration.seconds(room.seconds), memorySize: room.memorySize } : {}),
      });
      handler.allow(ledger, onLedger);
      handler.allow(views, onViews, indexes);
      handler.allow(data.people, onPeople, lookUps ? ['ByIdNumber', 'ByPhone'] : []);
      if (onPeople.length > 0) handler.allowDataKeys(data.peopleKey, district);
      if (links) handler.allowLinks(data.people);
      if (keyedHashes) handler.allowKeyedHashes(data.people, data.peopleKey, district);
      const integration = new HttpLambdaIntegration(slice, handler);
      for (const { key, access: needs } of Object.values(contract)) {
        const [method = '', path = ''] = key.split(' ');
        api.addRoutes({
          path,
          methods: [method as HttpMethod],
          integration,
          ...(needs === 'public' ? { authorizer: new HttpNoneAuthorizer() } : {}),
        });
      }
    }
  }

  /** What an operator calls to make the Views anew, or to compare them with the Ledger. */
  private maintenance(district: District, { ledger, views }: DataStack): void {
    const maintenance = new DistrictFunction(this, 'Maintenance', {
      district,
      entry: 'dashboards/maintenance.ts',
      environment: { LEDGER_TABLE: ledger.tableName, VIEWS_TABLE: views.tableName },
      timeout: Duration.minutes(15),
      memorySize: 2048,
    });
    maintenance.allow(ledger, ['dynamodb:Scan']);
    maintenance.allow(views, [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ]);
  }

  /** Compares the Views with the Ledger each night, and rings when they differ or when it did not. */
  private reconcile(district: District, { ledger, views }: DataStack): void {
    const nightly = new DistrictFunction(this, 'Reconcile', {
      district,
      entry: 'dashboards/nightly.ts',
      environment: { LEDGER_TABLE: ledger.tableName, VIEWS_TABLE: views.tableName },
      timeout: Duration.minutes(15),
      memorySize: 2048,
    });
    nightly.allow(ledger, ['dynamodb:Scan']);
    nightly.allow(views, ['dynamodb:GetItem', 'dynamodb:Scan']);
    Validations.of(nightly).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'A night that fails rings, and the next one compares the same',
    });
    new Nightly(this, 'ReconcileNightly', {
      handler: nightly,
      hour: 3,
      timezone: district.timezone,
    });
    const drift = new MetricFilter(this, 'DriftFilter', {
      logGroup: nightly.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', 'reconciled'),
      metricNamespace: `leifeng/${district.name}`,
      metricName: 'drift',
      metricValue: '$.drift',
    });
    // A night and its alarms are looked at over 30 hours: one run is always among them.
    const nights = { evaluationPeriods: 30, datapointsToAlarm: 1 };
    const hourly = { period: Duration.hours(1) };
    new Alarm(this, 'Drift', {
      ...nights,
      metric: drift.metric({ ...hourly, statistic: 'max' }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Figures differ from the Ledger: see docs/operations.md, "Drift"',
    });
    new Alarm(this, 'ReconcileFailed', {
      ...nights,
      metric: nightly.metricErrors(hourly),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'The figures were not compared: see docs/operations.md, "Drift"',
    });
    new Alarm(this, 'ReconcileMissing', {
      ...nights,
      datapointsToAlarm: nights.evaluationPeriods,
      metric: drift.metric({ ...hourly, statistic: 'n' }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: 'The figures were not compared: see docs/operations.md, "Drift"',
    });
  }

  /** Does each night what time does to records, and rings when it could not. */
  private retention(district: District, { ledger, views, people: table }: DataStack): void {
    const sweep = new DistrictFunction(this, 'Sweep', {
      district,
      entry: 'volunteers/sweep.ts',
      environment: {
        LEDGER_TABLE: ledger.tableName,
        VIEWS_TABLE: views.tableName,
        PEOPLE_TABLE: table.tableName,
      },
      timeout: Duration.minutes(15),
    });
    sweep.allow(ledger, append);
    sweep.allow(views, ['dynamodb:GetItem', 'dynamodb:Scan']);
    sweep.allow(table, ['dynamodb:DeleteItem', 'dynamodb:Scan', 'dynamodb:UpdateItem']);
    Validations.of(sweep).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'A night that fails rings, and the next one finds the same',
    });
    new Nightly(this, 'SweepNightly', { handler: sweep, hour: 4, timezone: district.timezone });
    new Alarm(this, 'SweepFailed', {
      metric: sweep.metricErrors({ period: Duration.hours(1) }),
      evaluationPeriods: 30,
      datapointsToAlarm: 1,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'What may be kept no longer was not all ended: see docs/operations.md',
    });
  }

  /** What an operator calls to see what lies in the dead-letter queues, and to send it back. */
  private redrive(
    district: District,
    { ledger, bus }: DataStack,
    relayDeadLetters: Queue,
    subscribers: readonly Subscriber[],
  ): void {
    const deadLetters = [
      { queue: relayDeadLetters, to: undefined },
      ...subscribers.flatMap(({ deadLetters, undelivered, queue }) => [
        { queue: deadLetters, to: queue },
        { queue: undelivered, to: queue },
      ]),
    ];
    const redrive = new DistrictFunction(this, 'Redrive', {
      // It counts nothing, and its environment has the queues in it.
      district: { ...district, outputs: {} },
      entry: 'outbox/redrive.ts',
      environment: {
        LEDGER_TABLE: ledger.tableName,
        BUS_NAME: bus.eventBusName,
        DEAD_LETTERS: this.toJsonString({
          url: relayDeadLetters.queueUrl,
          queues: deadLetters.map(({ queue, to }) => ({
            name: queue.node.path.split('/').slice(2).join('/'),
            queue: queue.queueName,
            ...(to ? { to: to.queueName } : {}),
          })),
        }),
      },
      timeout: Duration.minutes(15),
      memorySize: 1024,
    });
    redrive.allow(ledger, ['dynamodb:Scan']);
    bus.grantPutEventsTo(redrive);
    for (const { queue, to } of deadLetters) {
      queue.grantConsumeMessages(redrive);
      to?.grantSendMessages(redrive);
    }
  }
}
