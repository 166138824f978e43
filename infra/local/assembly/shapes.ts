// The resource types that this host serves, each with the properties that it serves and those that have
// no effect here. Any other property is refused.
import * as z from 'zod';

/** Properties that have no effect on one machine. */
const ignored = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries([...names, 'Tags'].map((name) => [name, z.unknown().optional()])) as Record<
    Name | 'Tags',
    z.ZodOptional<z.ZodUnknown>
  >;

const number = z.coerce.number();
const texts = z.array(z.string());

const keySchema = z.array(
  z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);
const projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: texts.optional(),
});
const index = { IndexName: z.string(), KeySchema: keySchema, Projection: projection };

const table = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.strictObject({ ...index, ...ignored('WriteOnDemandThroughputSettings') }))
    .optional(),
  LocalSecondaryIndexes: z.array(z.strictObject(index)).optional(),
  StreamSpecification: z
    .strictObject({
      StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']),
    })
    .optional(),
  // No time to live: the engine would delete by the real clock, and this host's clock can be set.
  ...ignored('BillingMode', 'Replicas', 'SSESpecification', 'TimeToLiveSpecification'),
  ...ignored('WriteOnDemandThroughputSettings'),
});

const queue = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: number.default(30),
  DelaySeconds: number.default(0),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number })
    .optional(),
  FifoQueue: z.literal(true).optional(),
  // Limits are not reached here, and each message group is handled by itself anyway.
  ...ignored('DeduplicationScope', 'FifoThroughputLimit'),
  ...ignored('KmsMasterKeyId', 'MessageRetentionPeriod', 'RedriveAllowPolicy'),
  ...ignored('SqsManagedSseEnabled'),
});

const rule = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.json()),
  State: z.literal('ENABLED').default('ENABLED'),
  // Delivery to a target cannot fail here, so its dead-letter queue and retry policy have no effect.
  Targets: z.array(
    z.strictObject({
      Arn: z.string().regex(/:(sqs|lambda):/),
      Id: z.string(),
      ...ignored('DeadLetterConfig', 'RetryPolicy'),
    }),
  ),
  ...ignored('Description'),
});

const lambda = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Key: z.string(), ...ignored('S3Bucket') }),
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs(22|24)\.x$/),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Role: z.string(),
  ...ignored('Architectures', 'Description', 'LoggingConfig', 'TracingConfig'),
  ...ignored('ReservedConcurrentExecutions'),
});

/** How a function is invoked asynchronously. Without one, Lambda retries twice and has no destination. */
const eventInvokeConfig = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: number.max(2).default(2),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string().includes(':sqs:') }) })
    .optional(),
  // An event waits here only for its retries, three minutes at most.
  ...ignored('MaximumEventAgeInSeconds'),
});

const mapping = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.literal(true).default(true),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumBatchingWindowInSeconds: number.default(0),
  ...ignored('MetricsConfig'),
};

export const queueMapping = z.strictObject({
  ...mapping,
  BatchSize: number.default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: number }).optional(),
});

export const streamMapping = z.strictObject({
  ...mapping,
  BatchSize: number.default(100),
  StartingPosition: z.literal('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: number.default(-1),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })
    .optional(),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) })
    .optional(),
  ...ignored('MaximumRecordAgeInSeconds', 'ParallelizationFactor'),
});

/** The keyword in a schedule's input that Scheduler replaces with the time the run was due. */
export const scheduledTime = '<aws.scheduler.scheduled-time>';

const schedule = z.strictObject({
  Name: z.string().optional(),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  // Every minute, or daily in either of the two ways that cron writes "every day".
  ScheduleExpression: z
    .string()
    .regex(/^(?:rate\(1 minute\)|cron\(\d{1,2} \d{1,2} (?:\* \* \?|\? \* \*) \*\))$/),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.literal('ENABLED').default('ENABLED'),
  // An invocation cannot fail to arrive here, so retry policy and dead-letter queue have no effect.
  Target: z.strictObject({
    Arn: z.string(),
    Input: z
      .string()
      .refine((input) => !input.replaceAll(scheduledTime, '').includes('<aws.scheduler.')),
    ...ignored('RoleArn', 'RetryPolicy', 'DeadLetterConfig'),
  }),
  ...ignored('Description'),
});

const cors = z.strictObject({
  AllowOrigins: texts.default([]),
  AllowMethods: texts.default([]),
  AllowHeaders: texts.default([]),
  ExposeHeaders: texts.default([]),
  MaxAge: number.optional(),
  AllowCredentials: z.boolean().default(false),
});

/** Requests a second, and the burst. */
const throttling = z
  .strictObject({
    ThrottlingRateLimit: number,
    ThrottlingBurstLimit: number,
    ...ignored('DetailedMetricsEnabled'),
  })
  .transform(({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }) => ({ rate, burst }));

/** By resource type. */
export const shapes = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': queue,
  'AWS::Events::EventBus': z.strictObject({
    Name: z.string().optional(),
    ...ignored('Description', 'DeadLetterConfig', 'LogConfig'),
  }),
  'AWS::Events::Rule': rule,
  'AWS::KMS::Key': z.strictObject({
    ...ignored('Description', 'EnableKeyRotation', 'KeyPolicy', 'PendingWindowInDays'),
  }),
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::ApiGatewayV2::Api': z.strictObject({
    Name: z.string().optional(),
    ProtocolType: z.literal('HTTP'),
    CorsConfiguration: cors.optional(),
    ...ignored('Description', 'DisableExecuteApiEndpoint'),
  }),
  'AWS::ApiGatewayV2::Stage': z.strictObject({
    StageName: z.literal('$default'),
    /** For each route without settings of its own. */
    DefaultRouteSettings: throttling.optional(),
    RouteSettings: z.record(z.string(), throttling).default({}),
    ...ignored('ApiId', 'AutoDeploy', 'Description', 'AccessLogSettings'),
  }),
  'AWS::ApiGatewayV2::Route': z.strictObject({
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizerId: z.string().optional(),
    AuthorizationScopes: texts.default([]),
    ...ignored('ApiId', 'OperationName'),
  }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    ...ignored('ApiId', 'Description', 'IntegrationMethod', 'TimeoutInMillis'),
  }),
  'AWS::ApiGatewayV2::Authorizer': z.strictObject({
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
    JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: texts }),
    ...ignored('ApiId', 'Name', 'AuthorizerResultTtlInSeconds'),
  }),
} as const;

/** Types that have no effect on one machine. */
export const ignoredTypes =
  /^AWS::(IAM|Logs|CloudWatch|SNS)::|^AWS::(SQS::QueuePolicy|Lambda::Permission|Events::Archive|SSM::Parameter|CDK::Metadata)$/;
