import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AggregateType } from '../../events/catalogue.ts';
import { bundleOf } from '../bundles.ts';
import { type District, rolePathOf } from '../settings.ts';

/** The Ledger partitions of an aggregate type, as an IAM pattern. */
const streamsOf = (type: AggregateType): string => `${type}#*`;

export interface DistrictFunctionProps {
  readonly district: District;
  /** The handler's file below `functions/`, such as `participation/api.ts`. */
  readonly entry: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  /** Megabytes. */
  readonly memorySize?: number;
  /** Reserved concurrency, which is also the limit. Null: the function uses the unreserved concurrency. */
  readonly concurrency?: number | null;
}

/**
 * A function of a district: one bundle, the district's settings, and a role of its own that may only write
 * its own log until more is granted.
 */
export class DistrictFunction extends LambdaFunction {
  constructor(
    scope: Construct,
    id: string,
    { district, entry, environment, concurrency, ...props }: DistrictFunctionProps,
  ) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: district.retention.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: rolePathOf(district),
    });
    logGroup.grantWrite(role);
    const { name, timezone, locale, oidc, ages, auditSample, unmergeDays, outputs } = district;
    const { publicBaseUrl, certificates, stars, complaints, exemplars } = district;
    const { longPollSeconds } = district.webhooks;
    const { pendingDays, noticeDays, accessLogDays } = district.retention;
    super(scope, id, {
      timeout: Duration.seconds(10),
      memorySize: 512,
      ...props,
      ...(concurrency ? { reservedConcurrentExecutions: concurrency } : {}),
      handler: 'index.handler',
      // Templates that are not deployed need no bundles, so any folder will do.
      code: Code.fromAsset(
        Stack.of(scope).bundlingRequired ? bundleOf(entry) : import.meta.dirname,
      ),
      runtime: Runtime.NODEJS_24_X,
      architecture: district.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      role,
      logGroup,
      // No log lines for each invocation: durations are metrics, and requests are in the access log.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: {
        DISTRICT: JSON.stringify({
          name,
          timezone,
          locale,
          claims: oidc.claims,
          roles: oidc.roles,
          ages,
          auditSample,
          unmergeDays,
          publicBaseUrl,
          certificates,
          stars,
          complaints,
          exemplars,
          longPollSeconds,
          retention: { pendingDays, noticeDays, accessLogDays },
          outputs,
        }),
        ...environment,
      },
    });
    Validations.of(this).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason: 'Its callers wait for it, or it has an on-failure destination',
      },
      {
        id: 'Serverless-LambdaTracing',
        reason: 'No X-Ray in the China regions; correlation ids in the logs do its work',
      },
    );
  }

  /**
   * Allows these actions with the data keys of this district's records in these partitions under this
   * key, and nothing else with the key.
   */
  allowDataKeys(
    key: IKey,
    district: District,
    actions: readonly string[],
    partitions: readonly string[],
  ): void {
    if (actions.length === 0) return;
    this.addToRolePolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [key.keyArn],
        conditions: {
          StringEquals: { 'kms:EncryptionContext:district': district.name },
          StringLike: { 'kms:EncryptionContext:pk': [...partitions] },
        },
      }),
    );
  }

  /**
   * Allows these actions on a table's items: on all of them, or only on partitions whose names match
   * (`*` is any text).
   */
  allow(table: TableV2, actions: readonly string[], partitions?: readonly string[]): void {
    if (actions.length === 0 || partitions?.length === 0) return;
    this.addToRolePolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [table.tableArn],
        conditions: partitions
          ? {
              'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] },
              // ForAllValues is true if the key is absent, and a scan names no partition.
              Null: { 'dynamodb:LeadingKeys': 'false' },
            }
          : {},
      }),
    );
  }

  /** Allows scanning a table, but only these attributes of its items. */
  allowScan(table: TableV2, attributes: readonly string[]): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:Scan'],
        resources: [table.tableArn],
        conditions: {
          StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
          Null: { 'dynamodb:Attributes': 'false' },
        },
      }),
    );
  }

  /** Allows reading all streams of the Ledger, or those of these aggregates. */
  allowReading(ledger: TableV2, aggregates?: readonly AggregateType[]): void {
    this.allow(ledger, ['dynamodb:Query'], aggregates?.map(streamsOf));
  }

  /** Allows appending to the streams of these aggregates. */
  allowAppending(ledger: TableV2, aggregates: readonly AggregateType[]): void {
    this.allow(ledger, ['dynamodb:PutItem'], aggregates.map(streamsOf));
  }

  /** Allows transactions that depend on the streams of these aggregates. */
  allowChecking(ledger: TableV2, aggregates: readonly AggregateType[]): void {
    this.allow(ledger, ['dynamodb:ConditionCheckItem'], aggregates.map(streamsOf));
  }

  /** Allows queries of these indexes. */
  allowIndexes(table: TableV2, indexes: readonly string[]): void {
    if (indexes.length === 0) return;
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: indexes.map((index) => `${table.tableArn}/index/${index}`),
      }),
    );
  }
}
