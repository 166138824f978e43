// The resources of the template as plain data. Refuses any that this host cannot run faithfully.
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { lastPart } from './arns.ts';
import { compilePattern } from './pattern.ts';
import { ignoredTypes, queueMapping, scheduledTime, shapes, streamMapping } from './shapes.ts';
import { type Resource, readAssembly, refuse } from './template.ts';

export type FunctionSpec = ReturnType<typeof readFunction>;
export type QueueSpec = ReturnType<typeof readQueue>;
export type QueueMappingSpec = ReturnType<typeof readQueueMapping>;
export type AsynchronousSpec = Blueprint['asynchronous'][number];
export type StreamMappingSpec = ReturnType<typeof readStreamMapping>;
export type Blueprint = ReturnType<typeof readBlueprint>;
export type ScheduleSpec = Blueprint['schedules'][number];
export type RouteSpec = Blueprint['routes'][number];
export type AuthorizerSpec = NonNullable<RouteSpec['authorizer']>;

type Shapes = typeof shapes;
const mappingType = 'AWS::Lambda::EventSourceMapping';

/**
 * At most two workers for a queue: more would only compete for a laptop's cores. A FIFO queue has as many
 * as the template says, because a group must not wait for another one.
 */
const mostWorkers = 2;

/** Parses a resource's properties by their shape. A refusal names the path and the resource. */
const parse = <Shape extends z.ZodType>(shape: Shape, resource: Resource): z.infer<Shape> => {
  const { id, type, condition } = resource;
  if (condition) refuse(`the condition of ${id}`);
  const properties = resource.properties();
  const { data, error } = shape.safeParse(properties);
  const issue = error?.issues[0];
  if (!issue) return data as z.infer<Shape>;
  const of = `of ${id} (${type})`;
  if (issue.code === 'unrecognized_keys')
    return refuse(`the property ${[...issue.path, issue.keys[0]].join('.')} ${of}`);
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    properties,
  );
  return refuse(`the property ${issue.path.join('.')} ${JSON.stringify(value)} ${of}`);
};

/** The queue in which Lambda keeps a function's asynchronous events. It has no address of its own. */
const asynchronousQueueOf = (functionName: string): string => `${functionName} (asynchronous)`;

const isQueue = ({ properties }: Resource): boolean =>
  String(properties().EventSourceArn).includes(':sqs:');

/** @throws UnknownToHostError for a resource that this host cannot serve faithfully */
export const readBlueprint = (cdkOut: string) => {
  const resources = readAssembly(cdkOut).filter(({ type }) => !ignoredTypes.test(type));
  for (const { type, id } of resources)
    if (!(type in shapes) && type !== mappingType) refuse(`the type ${type} of ${id}`);
  const all = <Type extends keyof Shapes, T>(
    type: Type,
    read: (properties: z.infer<Shapes[Type]>, resource: Resource) => T,
  ): T[] =>
    resources
      .filter((resource) => resource.type === type)
      .map((resource) => read(parse(shapes[type], resource) as z.infer<Shapes[Type]>, resource));

  const functions = all('AWS::Lambda::Function', readFunction);
  const functionOf = (arnOrName: string): string => {
    const name = lastPart(arnOrName);
    return functions.find((one) => one.name === name)?.name ?? refuse(`the function ${arnOrName}`);
  };
  const invokedByRules = new Set(
    all('AWS::Events::Rule', ({ Targets }) =>
      Targets.flatMap(({ Arn }) => (Arn.includes(':lambda:') ? [functionOf(Arn)] : [])),
    ).flat(),
  );
  const invokeConfigs = all('AWS::Lambda::EventInvokeConfig', (properties) => properties);
  const mappings = resources.filter(({ type }) => type === mappingType);
  const authorizers = new Map(
    all('AWS::ApiGatewayV2::Authorizer', ({ JwtConfiguration: jwt }, { name }) => [
      name,
      { issuer: jwt.Issuer, audience: jwt.Audience },
    ]),
  );
  const integrations = new Map(
    all('AWS::ApiGatewayV2::Integration', ({ IntegrationUri }, { name }) => [
      name,
      functionOf(IntegrationUri),
    ]),
  );
  const [stage] = all('AWS::ApiGatewayV2::Stage', (properties) => properties);
  const queues = all('AWS::SQS::Queue', readQueue);
  const apis = all('AWS::ApiGatewayV2::Api', ({ CorsConfiguration: cors }, { name }) => ({
    name,
    cors,
  }));
  if (apis.length > 1) refuse('more than one HTTP API');

  const [region = 'us-east-1', account = '000000000000'] =
    functions[0]?.arn.split(':').slice(3, 5) ?? [];
  return {
    region,
    account,
    tables: all('AWS::DynamoDB::GlobalTable', readTable),
    functions,
    queues,
    buses: all('AWS::Events::EventBus', (_, { name }) => name),
    keys: all('AWS::KMS::Key', (_, { name }) => name),
    rules: all('AWS::Events::Rule', ({ EventBusName, EventPattern, Targets }) => ({
      bus: lastPart(EventBusName),
      matches: compilePattern(EventPattern),
      queues: Targets.map(({ Arn }) =>
        Arn.includes(':lambda:') ? asynchronousQueueOf(functionOf(Arn)) : lastPart(Arn),
      ),
    })),
    /** The functions that may be invoked asynchronously: targets of rules, and those that say how. */
    asynchronous: [
      ...new Set([
        ...invokedByRules,
        ...invokeConfigs.map(({ FunctionName }) => functionOf(FunctionName)),
      ]),
    ].map((functionName) => {
      const config = invokeConfigs.find((one) => functionOf(one.FunctionName) === functionName);
      const destination = config?.DestinationConfig?.OnFailure.Destination;
      return {
        functionName,
        queue: asynchronousQueueOf(functionName),
        retries: config?.MaximumRetryAttempts ?? 2,
        onFailureQueue: destination && lastPart(destination),
      };
    }),
    queueMappings: mappings
      .filter(isQueue)
      .map((resource) => readQueueMapping(parse(queueMapping, resource), functionOf, queues)),
    /** The ids of all event source mappings. All are on: a mapping that is off is refused. */
    mappingIds: mappings.map(({ name }) => name),
    streamMappings: mappings
      .filter((resource) => !isQueue(resource))
      .map((resource) => readStreamMapping(parse(streamMapping, resource), functionOf)),
    schedules: all('AWS::Scheduler::Schedule', (p, { name }) => {
      const [minute = 0, hour = 0] = (p.ScheduleExpression.match(/\d+/g) ?? []).map(Number);
      return {
        name,
        /** The time of day; null for a schedule of every minute. */
        daily: p.ScheduleExpression.startsWith('rate') ? null : { hour, minute },
        timezone: p.ScheduleExpressionTimezone,
        functionName: functionOf(p.Target.Arn),
        /** The function's input for a run that was due at this time (RFC 3339). */
        inputAt: (due: string): unknown =>
          JSON.parse(p.Target.Input.replaceAll(scheduledTime, due)),
      };
    }),
    apiId: apis[0]?.name ?? 'none',
    cors: apis[0]?.cors,
    routes: all('AWS::ApiGatewayV2::Route', (p, { id }) => ({
      key: p.RouteKey,
      functionName:
        integrations.get(p.Target.replace('integrations/', '')) ?? refuse(`the target of ${id}`),
      authorizer:
        p.AuthorizationType === 'JWT'
          ? (authorizers.get(p.AuthorizerId ?? '') ?? refuse(`the authorizer of ${id}`))
          : undefined,
      scopes: p.AuthorizationScopes,
      throttling: stage?.RouteSettings[p.RouteKey] ?? stage?.DefaultRouteSettings,
    })),
  };
};

const readFunction = (
  p: z.infer<Shapes['AWS::Lambda::Function']>,
  { name, arn, assetPath }: Resource,
) => {
  const [file, handler = ''] = p.Handler.split('.');
  return {
    name,
    arn,
    /** The name of its role. */
    role: lastPart(p.Role),
    bundle: `${assetPath(p.Code.S3Key)}/${file}.mjs`,
    handler,
    timeoutMs: p.Timeout * 1000,
    memoryMb: p.MemorySize,
    environment: (p.Environment?.Variables ?? {}) as Readonly<Record<string, string>>,
  };
};

const readQueue = (
  { VisibilityTimeout, DelaySeconds, RedrivePolicy, FifoQueue }: z.infer<Shapes['AWS::SQS::Queue']>,
  { name, arn }: Resource,
) => ({
  name,
  arn,
  visibilityMs: VisibilityTimeout * 1000,
  /** The queue's delay, by the host's clock. */
  delayMs: DelaySeconds * 1000,
  /** Messages have groups, and of each group one is in flight at a time. */
  isFifo: FifoQueue ?? false,
  ...(RedrivePolicy && {
    redrive: {
      queue: lastPart(RedrivePolicy.deadLetterTargetArn),
      maxReceiveCount: RedrivePolicy.maxReceiveCount,
    },
  }),
});

type FunctionOf = (arnOrName: string) => string;

const mappingOf = (
  p: z.infer<typeof queueMapping> | z.infer<typeof streamMapping>,
  functionOf: FunctionOf,
) => ({
  functionName: functionOf(p.FunctionName),
  batchSize: p.BatchSize,
  windowMs: p.MaximumBatchingWindowInSeconds * 1000,
  reportsFailures: p.FunctionResponseTypes.includes('ReportBatchItemFailures'),
});

const readQueueMapping = (
  p: z.infer<typeof queueMapping>,
  functionOf: FunctionOf,
  queues: readonly QueueSpec[],
) => {
  const queue = lastPart(p.EventSourceArn);
  const isFifo = queues.find(({ name }) => name === queue)?.isFifo ?? false;
  if (isFifo && p.BatchSize > 1) refuse(`batches of the FIFO queue ${queue}`);
  const most = p.ScalingConfig?.MaximumConcurrency ?? 2;
  return {
    ...mappingOf(p, functionOf),
    queue,
    concurrency: isFifo ? most : Math.min(most, mostWorkers),
  };
};

const readStreamMapping = (p: z.infer<typeof streamMapping>, functionOf: FunctionOf) => {
  const matchers = (p.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
    compilePattern(JSON.parse(Pattern)),
  );
  const destination = p.DestinationConfig?.OnFailure.Destination;
  return {
    ...mappingOf(p, functionOf),
    table:
      /:table\/([^/]+)\/stream\//.exec(p.EventSourceArn)?.[1] ??
      refuse(`the event source ${p.EventSourceArn}`),
    streamArn: p.EventSourceArn,
    bisect: p.BisectBatchOnFunctionError,
    /** -1: no limit. */
    maxRetries: p.MaximumRetryAttempts,
    onFailureQueue: destination && lastPart(destination),
    matches: (event: unknown): boolean =>
      matchers.length === 0 || matchers.some((matches) => matches(event)),
  };
};

const readTable = (
  p: z.infer<Shapes['AWS::DynamoDB::GlobalTable']>,
  { name }: Resource,
): CreateTableCommandInput & { readonly TableName: string } => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: p.AttributeDefinitions,
  KeySchema: p.KeySchema,
  GlobalSecondaryIndexes: p.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  })),
  LocalSecondaryIndexes: p.LocalSecondaryIndexes,
  StreamSpecification: p.StreamSpecification && { ...p.StreamSpecification, StreamEnabled: true },
});
