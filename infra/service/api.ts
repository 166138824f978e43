import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Route } from '../../functions/http/contract.ts';
import { apis } from '../../functions/reference/contracts.ts';
import type { District } from '../settings.ts';
import { sliceFunction } from './slice-function.ts';
import { isDeployed, type Wiring } from './wiring.ts';

/** A route's own throttle, by its key. */
type Throttle = Pick<Route, 'key'> & District['throttling']['public'];

/**
 * One function for each slice, with the routes of its contract. All but public reads and signed messages
 * need a token.
 */
export const addApi = (scope: Stack, wiring: Wiring): HttpApi => {
  const { district } = wiring;
  const { public: open, token, costly } = district.throttling;
  const api = new HttpApi(scope, 'Api', {
    createDefaultStage: false,
    ...(district.cors.origins.length > 0 ? { corsPreflight: corsOf(district) } : {}),
    defaultAuthorizer: new HttpJwtAuthorizer('Issuer', district.oidc.issuer, {
      jwtAudience: district.oidc.audience,
    }),
  });
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason:
      'The routes without an authorizer are the public reads and signed messages that the contracts name',
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
      // No address, subject or user agent. The Ledger records the actor of every command.
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
  const throttled = new Map<HttpRoute, Throttle>();
  for (const { name, contract, http } of apis.filter((each) => isDeployed(each, wiring))) {
    const { seconds, memorySize, ...rights } = http;
    const routes: readonly Route[] = Object.values(contract);
    const handler = sliceFunction(scope, `${name[0]?.toUpperCase()}${name.slice(1)}Api`, wiring, {
      entry: `${name}/api.ts`,
      rights,
      seconds,
      memorySize,
      concurrency: routes.some(({ access }) => access !== 'token')
        ? district.concurrency.publicReads
        : null,
    });
    // One permission for the whole API: one for each route would be a third of the stack's resources.
    const integration = new HttpLambdaIntegration(name, handler, {
      scopePermissionToRoute: false,
    });
    for (const { key, access, costly: isCostly, waits } of routes) {
      const [method = '', path = ''] = key.split(' ');
      const [route] = api.addRoutes({
        path,
        methods: [method as HttpMethod],
        integration,
        ...(access === 'token' ? {} : { authorizer: new HttpNoneAuthorizer() }),
      });
      if (route && access !== 'token') throttled.set(route, { key, ...open });
      const mayWait = waits && district.webhooks.longPollSeconds > 0;
      if (route && (isCostly || mayWait)) throttled.set(route, { key, ...costly });
    }
  }
  throttle(stage, throttled);
  new Alarm(scope, 'ApiFailing', {
    metric: api.metricServerError({ statistic: 'sum', period: Duration.minutes(5) }),
    threshold: 5,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Requests fail: see docs/operations.md, "Requests fail"',
  });
  new Alarm(scope, 'FunctionsThrottled', {
    // Without a dimension, for all functions of the account, because they share its concurrency.
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Throttles',
      statistic: 'sum',
      period: Duration.minutes(5),
    }),
    threshold: 5,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription:
      'The account has no concurrency left: see docs/operations.md, "Requests fail"',
  });
  return api;
};

/** What scripts of the district's own pages may send, and read of an answer. No cookies are used. */
const corsOf = ({ cors: { origins } }: District): CorsPreflightOptions => ({
  allowOrigins: [...origins],
  allowMethods: (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).map(
    (method) => CorsHttpMethod[method],
  ),
  allowHeaders: [
    'accept-language',
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'x-correlation-id',
  ],
  exposeHeaders: ['content-language', 'etag', 'retry-after', 'x-correlation-id'],
  maxAge: Duration.hours(1),
});

/** Gives routes a throttle of their own. A stage can refer to a route only after the route exists. */
const throttle = (stage: HttpStage, routes: ReadonlyMap<HttpRoute, Throttle>): void => {
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
    [...routes.values()].map(({ key, rate, burst }) => [
      key,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    ]),
  );
  stage.node.addDependency(...routes.keys());
};
