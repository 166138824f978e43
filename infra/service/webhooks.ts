import { Duration, type Stack, Validations } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
} from 'aws-cdk-lib/aws-sqs';
import { partitions } from '../../functions/people/partitions.ts';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { EveryMinute } from '../constructs/schedules.ts';
import type { District } from '../settings.ts';
import type { Wiring } from './wiring.ts';

/** An attempt takes 15 seconds at most; the rest is for reading and writing. */
const senderTimeout = Duration.seconds(25);

/**
 * The queue of deliveries, if the district has webhooks. A group for each webhook: of each group one
 * message is in flight.
 */
export const addDeliveries = (scope: Stack, { webhooks }: District): Queue | undefined => {
  if (!webhooks.enabled) return undefined;
  const queue = new Queue(scope, 'Deliveries', {
    fifo: true,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(senderTimeout.toSeconds() * 6),
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge(
    {
      id: 'AwsSolutions-SQS3',
      reason: 'The sender itself lists what it cannot send as failed, to be sent again',
    },
    {
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'The sender itself lists what it cannot send as failed, to be sent again',
    },
  );
  return queue;
};

/**
 * The sender of the deliveries, the look at what is due, each minute, and the log of events for those who
 * pull. Returns the function that writes the log, and what invokes functions from a queue or stream;
 * undefined in a district without webhooks.
 */
export const addSender = (
  scope: Stack,
  wiring: Wiring,
  deadLetters: DeadLetters,
):
  | {
      readonly eventLog: DistrictFunction;
      readonly sources: readonly (SqsEventSource | DynamoEventSource)[];
    }
  | undefined => {
  const { district, data, deliveries } = wiring;
  if (!deliveries) return undefined;
  const { ledger, people, peopleKey, outbound } = data;
  const environment = {
    LEDGER_TABLE: ledger.tableName,
    OUTBOUND_TABLE: outbound.tableName,
    DELIVERIES_QUEUE: deliveries.queueUrl,
  };
  const sender = new DistrictFunction(scope, 'Sender', {
    district,
    entry: 'webhooks/sender.ts',
    environment: {
      ...environment,
      PEOPLE_TABLE: people.tableName,
      PEOPLE_KEY: peopleKey.keyArn,
      ...(district.webhooks.loopback ? { WEBHOOKS_LOOPBACK: 'true' } : {}),
    },
    timeout: senderTimeout,
    memorySize: 256,
  });
  sender.allowReading(ledger);
  const opened = [partitions.webhooks, partitions.signingKey, partitions.hashKey];
  sender.allow(people, ['dynamodb:GetItem'], opened);
  sender.allowDataKeys(peopleKey, district, ['kms:Decrypt'], opened);
  sender.allow(outbound, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem']);
  const source = new SqsEventSource(deliveries, {
    // One, so that a slow receiver holds up no other one's message.
    batchSize: 1,
    maxConcurrency: district.webhooks.concurrency,
    reportBatchItemFailures: true,
  });
  sender.addEventSource(source);
  Validations.of(sender).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason: 'What it cannot send it lists as failed, to be sent again',
  });
  const due = new DistrictFunction(scope, 'DueDeliveries', {
    district,
    entry: 'webhooks/due.ts',
    environment,
    timeout: Duration.seconds(50),
    memorySize: 256,
    // Two at once would only do the same.
    concurrency: district.concurrency.followers,
  });
  due.allowReading(ledger, ['webhook']);
  due.allowAppending(ledger, ['webhook']);
  due.allow(outbound, [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
  ]);
  due.allowIndexes(outbound, ['ByDue']);
  deliveries.grantSendMessages(due);
  new EveryMinute(scope, 'DueEveryMinute', { handler: due });
  const eventLog = addEventLog(scope, wiring, deadLetters);
  return { eventLog: eventLog.handler, sources: [source, eventLog.source] };
};

/** Ledger stream → log of events. A table's stream has two readers at most: this one and the relay. */
const addEventLog = (
  scope: Stack,
  { district, data: { ledger, outbound } }: Wiring,
  deadLetters: DeadLetters,
) => {
  const handler = new DistrictFunction(scope, 'EventLog', {
    district,
    entry: 'webhooks/log-events.ts',
    environment: { LEDGER_TABLE: ledger.tableName, OUTBOUND_TABLE: outbound.tableName },
    timeout: Duration.seconds(60),
  });
  handler.allowReading(ledger, ['area']);
  // After an outage of a day, by `redrive`.
  handler.allow(ledger, ['dynamodb:Scan']);
  handler.allow(outbound, ['dynamodb:Query', 'dynamodb:PutItem']);
  const source = new DynamoEventSource(ledger, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(2),
    retryAttempts: 10_000,
    onFailure: new SqsDlq(deadLetters.unhandled),
  });
  handler.addEventSource(source);
  // `redrive` has it read a time again.
  handler.configureAsyncInvoke({
    retryAttempts: 2,
    onFailure: new SqsDestination(deadLetters.unhandled),
  });
  return { handler, source };
};
