import { Duration, type Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { Wiring } from './wiring.ts';

/** Ledger stream → bus. One batch at a time for each shard, so an aggregate's events keep order. */
export const addRelay = (
  scope: Stack,
  { district, data: { ledger, bus } }: Wiring,
  deadLetters: DeadLetters,
): { readonly handler: DistrictFunction; readonly source: DynamoEventSource } => {
  const relay = new DistrictFunction(scope, 'Relay', {
    district,
    entry: 'outbox/relay.ts',
    environment: { BUS_NAME: bus.eventBusName },
    timeout: Duration.seconds(30),
    concurrency: district.concurrency.relay,
  });
  bus.grantPutEventsTo(relay);
  const source = new DynamoEventSource(ledger, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // Retries for as long as the stream keeps a record, so that an outage of hours loses no event.
    retryAttempts: 10_000,
    onFailure: new SqsDlq(deadLetters.unhandled),
  });
  relay.addEventSource(source);
  new Alarm(scope, 'RelayBehind', {
    metric: relay.metric('IteratorAge', { statistic: 'max', period: Duration.minutes(5) }),
    threshold: Duration.minutes(10).toMilliseconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 2,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Events are not leaving: see docs/operations.md, "The relay is behind"',
  });
  new Alarm(scope, 'RelayStopped', {
    metric: new MathExpression({
      expression: 'IF(FILL(writes, 0) > 0 AND FILL(calls, 0) == 0, 1, 0)',
      usingMetrics: {
        writes: ledger.metricConsumedWriteCapacityUnits({ statistic: 'sum' }),
        calls: relay.metricInvocations(),
      },
      label: 'The Ledger was written to, and the relay not called',
      period: Duration.minutes(15),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    // A single data point may be a write in the last second of a quarter of an hour.
    datapointsToAlarm: 2,
    evaluationPeriods: 24,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Events are not leaving: see docs/operations.md, "The relay is behind"',
  });
  return { handler: relay, source };
};
