import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { contracts } from '../../functions/reference/contracts.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { District } from '../settings.ts';
import {
  allowPeople,
  noticesWebhook,
  type Partition,
  partitions,
  people,
  peopleIndexes,
  query,
  sealedIn,
  type Wiring,
} from './wiring.ts';

/** What a slice's HTTP function may do with the tables: what is not named here, it may not. */
interface Access {
  /** Appends are to the streams of the slice's own aggregates. */
  readonly ledger?: 'reads' | 'appends';
  readonly views?: readonly string[];
  /** Of the Views. */
  readonly indexes?: readonly string[];
  readonly people?: {
    readonly actions: readonly string[];
    readonly partitions: readonly Partition[];
    readonly indexes?: readonly string[];
    /** Partitions of which single records are read, and nothing else. */
    readonly reads?: readonly Partition[];
  };
  /** Where a request is more work than a form: seconds, and megabytes. */
  readonly room?: { readonly seconds: number; readonly memorySize: number };
}

const { persons, links, contacts, lists, hashKey } = partitions;
const readAndPut = [...query, 'dynamodb:PutItem'];

const access: Readonly<Record<keyof typeof contracts, Access>> = {
  campaigns: { ledger: 'appends' },
  organisations: {
    ledger: 'appends',
    views: query,
    people: { actions: readAndPut, partitions: [contacts] },
  },
  volunteers: {
    ledger: 'appends',
    views: query,
    indexes: ['ByList'],
    people: { actions: people, partitions: [persons, links, hashKey] },
  },
  activities: { ledger: 'appends', views: query, indexes: ['ByList'] },
  participation: { ledger: 'appends', views: query, indexes: ['ByList'] },
  records: {
    ledger: 'appends',
    views: [...query, 'dynamodb:BatchGetItem'],
    indexes: ['ByList'],
    people: { actions: readAndPut, partitions: [persons] },
  },
  imports: {
    ledger: 'appends',
    views: query,
    people: {
      actions: readAndPut,
      partitions: [lists, hashKey],
      indexes: peopleIndexes,
      reads: [persons],
    },
    // A list of 10,000 people is checked while its sender waits, for as long as a gateway does.
    room: { seconds: 29, memorySize: 1024 },
  },
  teams: {
    ledger: 'appends',
    views: query,
    indexes: ['ByList'],
    people: { actions: ['dynamodb:GetItem'], partitions: [links] },
  },
  notices: { ledger: 'reads', people: { actions: readAndPut, partitions: [persons, hashKey] } },
  dashboards: {
    ledger: 'reads',
    views: query,
    indexes: ['ByMonth'],
    people: { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], partitions: [hashKey] },
  },
  reference: {},
};

/** One function for each slice, its routes from its contract; a token for all but public reads. */
export const addApi = (scope: Stack, wiring: Wiring): HttpApi => {
  const { district, data } = wiring;
  const { ledger, views } = data;
  const { public: open, token } = district.throttling;
  const api = new HttpApi(scope, 'Api', {
    createDefaultStage: false,
    defaultAuthorizer: new HttpJwtAuthorizer('Issuer', district.oidc.issuer, {
      jwtAudience: district.oidc.audience,
    }),
  });
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'The routes without an authorizer are the public reads that the contracts name',
  });
  const stage = new HttpStage(scope, 'ApiStage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: token.rate, burstLimit: token.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(
        new LogGroup(scope, 'ApiAccessLog', {
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
  const publicRoutes = new Map<string, HttpRoute>();
  for (const [slice, contract] of Object.entries(contracts)) {
    const {
      ledger: onLedger,
      views: onViews = [],
      indexes = [],
      people: onPeople,
      room,
    } = access[slice as keyof typeof access];
    const handler = new DistrictFunction(scope, `${slice[0]?.toUpperCase()}${slice.slice(1)}Api`, {
      district,
      entry: `${slice}/api.ts`,
      environment: {
        ...(onLedger ? { LEDGER_TABLE: ledger.tableName } : {}),
        ...(onViews.length > 0 ? { VIEWS_TABLE: views.tableName } : {}),
        ...(onPeople ? { PEOPLE_TABLE: data.people.tableName } : {}),
        ...(onPeople && sealedIn(onPeople.partitions).length > 0
          ? { PEOPLE_KEY: data.peopleKey.keyArn }
          : {}),
        ...(slice === 'notices' ? noticesWebhook(district) : {}),
      },
      concurrency: Object.values(contract).some(({ access }) => access === 'public')
        ? district.concurrency.publicReads
        : null,
      ...(room ? { timeout: Duration.seconds(room.seconds), memorySize: room.memorySize } : {}),
    });
    if (onLedger) handler.allowLedger(ledger, ...(onLedger === 'appends' ? [slice] : []));
    handler.allow(views, onViews);
    handler.allowIndexes(views, indexes);
    if (onPeople) {
      allowPeople(handler, wiring, onPeople.actions, onPeople.partitions);
      if (onPeople.reads) allowPeople(handler, wiring, ['dynamodb:GetItem'], onPeople.reads);
      handler.allowIndexes(data.people, onPeople.indexes ?? []);
    }
    // One permission for the whole API: one for each route would be a third of the stack.
    const integration = new HttpLambdaIntegration(slice, handler, {
      scopePermissionToRoute: false,
    });
    for (const { key, access: needs } of Object.values(contract)) {
      const [method = '', path = ''] = key.split(' ');
      const [route] = api.addRoutes({
        path,
        methods: [method as HttpMethod],
        integration,
        ...(needs === 'public' ? { authorizer: new HttpNoneAuthorizer() } : {}),
      });
      if (needs === 'public' && route) publicRoutes.set(key, route);
    }
  }
  throttle(stage, publicRoutes, open);
  new Alarm(scope, 'ApiFailing', {
    metric: api.metricServerError({ statistic: 'sum', period: Duration.minutes(5) }),
    threshold: 5,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Requests fail: see docs/operations.md, "Requests fail"',
  });
  return api;
};

/** Holds routes to a rate of their own. A stage can name a route only once it is there. */
const throttle = (
  stage: HttpStage,
  routes: ReadonlyMap<string, HttpRoute>,
  { rate, burst }: District['throttling']['public'],
): void => {
  const settings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
    [...routes.keys()].map((key) => [key, settings]),
  );
  stage.node.addDependency(...routes.values());
};
