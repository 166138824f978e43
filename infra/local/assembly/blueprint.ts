// What the template asks this host to run, as plain data. Refuses all that it would not run faithfully.
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type Allows, readPermissions } from '../trial/permissions.ts';
import { lastPart } from './names.ts';
import { compilePattern, type Matches, type Pattern } from './pattern.ts';
import { type Resource, readAssembly, refuse, type Untyped } from './template.ts';

export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** The name of its role. */
  readonly role: string;
  readonly bundle: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface QueueSpec {
  readonly name: string;
  readonly arn: string;
  readonly visibilityMs: number;
  readonly redrive?: { readonly queue: string; readonly maxReceiveCount: number };
}

export interface RuleSpec {
  readonly bus: string;
  readonly matches: Matches;
  readonly queues: readonly string[];
}

interface MappingSpec {
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsFailures: boolean;
}

export interface QueueMappingSpec extends MappingSpec {
  readonly queue: string;
  readonly concurrency: number;
}

export interface StreamMappingSpec extends MappingSpec {
  readonly table: string;
  readonly streamArn: string;
  readonly bisect: boolean;
  readonly maxRetries: number;
  readonly onFailureQueue: string | undefined;
  readonly matches: Matches;
}

/** What Scheduler replaces, in a schedule's input, with the time it was due. */
export const scheduledTime = '<aws.scheduler.scheduled-time>';

/** Every day at this time of this zone. */
export interface ScheduleSpec {
  readonly name: string;
  readonly hour: number;
  readonly minute: number;
  readonly timezone: string;
  readonly functionName: string;
  readonly input: unknown;
}

export interface AuthorizerSpec {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface RouteSpec {
  readonly key: string;
  readonly functionName: string;
  readonly authorizer: AuthorizerSpec | undefined;
  readonly scopes: readonly string[];
}

export interface CorsSpec {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAge?: number;
  readonly AllowCredentials?: boolean;
}

export interface Blueprint {
  readonly region: string;
  readonly account: string;
  readonly tables: readonly (CreateTableCommandInput & { readonly TableName: string })[];
  readonly functions: readonly FunctionSpec[];
  readonly queues: readonly QueueSpec[];
  readonly buses: readonly string[];
  /** Names of the KMS keys. */
  readonly keys: readonly string[];
  readonly rules: readonly RuleSpec[];
  readonly queueMappings: readonly QueueMappingSpec[];
  readonly streamMappings: readonly StreamMappingSpec[];
  readonly schedules: readonly ScheduleSpec[];
  readonly apiId: string;
  readonly cors: CorsSpec | undefined;
  readonly routes: readonly RouteSpec[];
  /** What the roles of the functions allow. Throws for policies that cannot be judged. */
  readPermissions(): Allows;
}

const ignoredTypes =
  /^AWS::(IAM|Logs|CloudWatch|SNS)::|^AWS::(SQS::QueuePolicy|Lambda::Permission|Events::Archive|CDK::Metadata)$/;

/**
 * Properties served, and after the bar those that change nothing here. Time to live is among the
 * latter on purpose: the engine would delete by the real clock, and this host's clock can be set.
 */
const knownProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable':
    'AttributeDefinitions KeySchema GlobalSecondaryIndexes LocalSecondaryIndexes StreamSpecification TableName BillingMode | Replicas SSESpecification TimeToLiveSpecification WriteOnDemandThroughputSettings',
  'AWS::Events::EventBus': 'Name | Description DeadLetterConfig LogConfig',
  'AWS::KMS::Key': '| Description EnableKeyRotation KeyPolicy PendingWindowInDays',
  'AWS::Events::Rule': 'Name EventBusName EventPattern Targets State | Description',
  'AWS::SQS::Queue':
    'QueueName VisibilityTimeout RedrivePolicy | KmsMasterKeyId MessageRetentionPeriod RedriveAllowPolicy SqsManagedSseEnabled',
  'AWS::Lambda::Function':
    'FunctionName Code Handler Runtime Environment Timeout MemorySize Role | Architectures Description LoggingConfig ReservedConcurrentExecutions TracingConfig',
  'AWS::Lambda::EventSourceMapping':
    'EventSourceArn FunctionName BatchSize BisectBatchOnFunctionError DestinationConfig Enabled FilterCriteria FunctionResponseTypes MaximumBatchingWindowInSeconds MaximumRetryAttempts ScalingConfig StartingPosition | MaximumRecordAgeInSeconds MetricsConfig ParallelizationFactor',
  'AWS::Scheduler::Schedule':
    'Name FlexibleTimeWindow ScheduleExpression ScheduleExpressionTimezone State Target | Description',
  'AWS::ApiGatewayV2::Api':
    'Name ProtocolType CorsConfiguration | Description DisableExecuteApiEndpoint',
  'AWS::ApiGatewayV2::Stage':
    'ApiId AutoDeploy StageName | AccessLogSettings DefaultRouteSettings Description RouteSettings',
  'AWS::ApiGatewayV2::Route':
    'ApiId RouteKey AuthorizationType AuthorizerId AuthorizationScopes Target | OperationName',
  'AWS::ApiGatewayV2::Integration':
    'ApiId IntegrationType IntegrationUri PayloadFormatVersion | Description IntegrationMethod TimeoutInMillis',
  'AWS::ApiGatewayV2::Authorizer':
    'ApiId AuthorizerType IdentitySource JwtConfiguration Name | AuthorizerResultTtlInSeconds',
};

interface Known {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly properties: Untyped;
  readonly assetPath: Resource['assetPath'];
}

const check = (resource: Resource): Untyped => {
  const known =
    knownProperties[resource.type] ?? refuse(`the type ${resource.type} of ${resource.id}`);
  if (resource.condition) refuse(`the condition of ${resource.id}`);
  const names = new Set(known.split(/[ |]+/).concat('Tags'));
  const properties = resource.properties();
  for (const name of Object.keys(properties)) {
    if (!names.has(name)) refuse(`the property ${name} of ${resource.id} (${resource.type})`);
  }
  return properties;
};

const expect = <T>(value: T, allowed: readonly T[], what: string): void => {
  if (!allowed.includes(value)) refuse(`${what} ${JSON.stringify(value)}`);
};

export const readBlueprint = (cdkOut: string): Blueprint => {
  const byType = new Map<string, Known[]>();
  const resources = readAssembly(cdkOut);
  for (const resource of resources) {
    if (ignoredTypes.test(resource.type)) continue;
    const { id, name, arn, assetPath } = resource;
    const list = byType.get(resource.type) ?? [];
    byType.set(resource.type, [...list, { id, name, arn, assetPath, properties: check(resource) }]);
  }
  const all = <T>(type: string, read: (known: Known) => T): T[] =>
    (byType.get(type) ?? []).map(read);

  const functions = all('AWS::Lambda::Function', readFunction);
  const functionOf = (arnOrName: string): string => {
    const name = lastPart(arnOrName);
    return functions.find((one) => one.name === name)?.name ?? refuse(`the function ${arnOrName}`);
  };
  const mappings = all('AWS::Lambda::EventSourceMapping', ({ id, properties: p }) => {
    expect(p.Enabled ?? true, [true], `Enabled of ${id}`);
    const arn = String(p.EventSourceArn);
    const common: MappingSpec = {
      functionName: functionOf(p.FunctionName),
      batchSize: Number(p.BatchSize ?? (arn.includes(':sqs:') ? 10 : 100)),
      windowMs: Number(p.MaximumBatchingWindowInSeconds ?? 0) * 1000,
      reportsFailures: (p.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    };
    return { id, p, arn, common };
  });
  const authorizers = new Map(all('AWS::ApiGatewayV2::Authorizer', readAuthorizer));
  const integrations = new Map(
    all('AWS::ApiGatewayV2::Integration', ({ id, name, properties: p }) => {
      expect(p.IntegrationType, ['AWS_PROXY'], `the integration type of ${id}`);
      expect(p.PayloadFormatVersion, ['2.0'], `the payload format of ${id}`);
      return [name, functionOf(p.IntegrationUri)];
    }),
  );
  all('AWS::ApiGatewayV2::Stage', ({ id, properties: p }) =>
    expect(p.StageName, ['$default'], `the stage name of ${id}`),
  );
  const apis = all('AWS::ApiGatewayV2::Api', ({ id, name, properties: p }) => {
    expect(p.ProtocolType, ['HTTP'], `the protocol of ${id}`);
    return { name, cors: p.CorsConfiguration as CorsSpec | undefined };
  });
  if (apis.length > 1) refuse('more than one HTTP API');

  const [region = 'us-east-1', account = '000000000000'] =
    functions[0]?.arn.split(':').slice(3, 5) ?? [];
  return {
    region,
    account,
    tables: all('AWS::DynamoDB::GlobalTable', readTable),
    functions,
    queues: all('AWS::SQS::Queue', readQueue),
    buses: all('AWS::Events::EventBus', ({ name }) => name),
    keys: all('AWS::KMS::Key', ({ name }) => name),
    rules: all('AWS::Events::Rule', readRule),
    queueMappings: mappings.flatMap(({ id, p, arn, common }) => {
      if (!arn.includes(':sqs:')) return [];
      if (p.FilterCriteria) refuse(`the filter of the queue mapping ${id}`);
      // At most four workers: more would only take turns on a laptop's cores.
      const concurrency = Math.min(Number(p.ScalingConfig?.MaximumConcurrency ?? 2), 4);
      return [{ ...common, queue: lastPart(arn), concurrency }];
    }),
    streamMappings: mappings.flatMap(({ id, p, arn, common }) => {
      if (arn.includes(':sqs:')) return [];
      const table = /:table\/([^/]+)\/stream\//.exec(arn)?.[1] ?? refuse(`the source of ${id}`);
      expect(p.StartingPosition, ['TRIM_HORIZON'], `the starting position of ${id}`);
      const destination = p.DestinationConfig?.OnFailure?.Destination as string | undefined;
      const filters: Pattern[] = (p.FilterCriteria?.Filters ?? []).map(
        (filter: { Pattern: string }) => JSON.parse(filter.Pattern),
      );
      const matchers = filters.map(compilePattern);
      return [
        {
          ...common,
          table,
          streamArn: arn,
          bisect: p.BisectBatchOnFunctionError === true,
          maxRetries: Number(p.MaximumRetryAttempts ?? -1),
          onFailureQueue: destination && lastPart(destination),
          matches: (event) => matchers.length === 0 || matchers.some((matches) => matches(event)),
        },
      ];
    }),
    schedules: all('AWS::Scheduler::Schedule', (known) => readSchedule(known, functionOf)),
    apiId: apis[0]?.name ?? 'none',
    cors: apis[0]?.cors,
    routes: all('AWS::ApiGatewayV2::Route', ({ id, properties: p }) => {
      const type = p.AuthorizationType ?? 'NONE';
      expect(type, ['NONE', 'JWT'], `the authorization type of ${id}`);
      const target = String(p.Target).replace('integrations/', '');
      return {
        key: String(p.RouteKey),
        functionName: integrations.get(target) ?? refuse(`the target of ${id}`),
        authorizer:
          type === 'JWT'
            ? (authorizers.get(p.AuthorizerId) ?? refuse(`the authorizer of ${id}`))
            : undefined,
        scopes: p.AuthorizationScopes ?? [],
      };
    }),
    readPermissions: () => readPermissions(resources),
  };
};

const readFunction = ({ id, properties: p, ...known }: Known): FunctionSpec => {
  expect(/^nodejs(22|24)\.x$/.test(p.Runtime), [true], `the runtime ${p.Runtime} of ${id};`);
  const [file, handler = ''] = String(p.Handler).split('.');
  const asset = known.assetPath(p.Code?.S3Key ?? refuse(`the code of ${id}`));
  const environment = Object.entries(p.Environment?.Variables ?? {});
  return {
    name: known.name,
    arn: known.arn,
    role: lastPart(p.Role),
    bundle: `${asset}/${file}.mjs`,
    handler,
    timeoutMs: Number(p.Timeout ?? 3) * 1000,
    memoryMb: Number(p.MemorySize ?? 128),
    environment: Object.fromEntries(environment.map(([key, value]) => [key, String(value)])),
  };
};

const readQueue = ({ name, arn, properties: p }: Known): QueueSpec => ({
  name,
  arn,
  visibilityMs: Number(p.VisibilityTimeout ?? 30) * 1000,
  ...(p.RedrivePolicy && {
    redrive: {
      queue: lastPart(p.RedrivePolicy.deadLetterTargetArn),
      maxReceiveCount: Number(p.RedrivePolicy.maxReceiveCount),
    },
  }),
});

const readRule = ({ id, properties: p }: Known): RuleSpec => {
  expect(p.State ?? 'ENABLED', ['ENABLED'], `the state of ${id}`);
  return {
    bus: lastPart(p.EventBusName ?? 'default'),
    matches: compilePattern(p.EventPattern ?? refuse(`${id}, a rule without an event pattern`)),
    queues: (p.Targets as Untyped[]).map((target) => {
      for (const property of Object.keys(target)) {
        // A dead-letter queue and a retry policy of a target matter only where delivery can fail.
        const served = ['Arn', 'Id', 'DeadLetterConfig', 'RetryPolicy'];
        expect(property, served, `in the targets of ${id} the property`);
      }
      if (!String(target.Arn).includes(':sqs:')) refuse(`the target ${target.Arn} of ${id}`);
      return lastPart(target.Arn);
    }),
  };
};

const readSchedule = (
  { id, name, properties: p }: Known,
  functionOf: (arn: string) => string,
): ScheduleSpec => {
  expect(p.State ?? 'ENABLED', ['ENABLED'], `the state of ${id}`);
  expect(p.FlexibleTimeWindow?.Mode, ['OFF'], `the time window of ${id}`);
  // What is tried again and where it ends matters only where an invocation can fail to arrive.
  for (const property of Object.keys(p.Target))
    expect(
      property,
      ['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'DeadLetterConfig'],
      `in the target of ${id} the property`,
    );
  const input = String(p.Target.Input ?? refuse(`${id}, a schedule without an input`));
  if (input.replaceAll(scheduledTime, '').includes('<aws.scheduler.'))
    refuse(`the input ${input} of ${id}`);
  const [, minute, hour] =
    /^cron\((\d{1,2}) (\d{1,2}) (?:\* \* \?|\? \* \*) \*\)$/.exec(p.ScheduleExpression) ??
    refuse(`the schedule ${p.ScheduleExpression} of ${id}`);
  return {
    name,
    hour: Number(hour),
    minute: Number(minute),
    timezone: String(p.ScheduleExpressionTimezone ?? 'UTC'),
    functionName: functionOf(p.Target.Arn),
    input: JSON.parse(input),
  };
};

const readTable = ({ name, properties: p }: Known): Blueprint['tables'][number] => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: p.AttributeDefinitions,
  KeySchema: p.KeySchema,
  ...(p.GlobalSecondaryIndexes && {
    GlobalSecondaryIndexes: p.GlobalSecondaryIndexes.map(
      ({ IndexName, KeySchema, Projection }: Untyped) => ({ IndexName, KeySchema, Projection }),
    ),
  }),
  ...(p.LocalSecondaryIndexes && { LocalSecondaryIndexes: p.LocalSecondaryIndexes }),
  ...(p.StreamSpecification && {
    StreamSpecification: { ...p.StreamSpecification, StreamEnabled: true },
  }),
});

const readAuthorizer = ({ id, name, properties: p }: Known): readonly [string, AuthorizerSpec] => {
  expect(p.AuthorizerType, ['JWT'], `the type of ${id}`);
  expect(p.IdentitySource?.[0], ['$request.header.Authorization'], `the identity source of ${id}`);
  return [name, { issuer: p.JwtConfiguration.Issuer, audience: p.JwtConfiguration.Audience }];
};
