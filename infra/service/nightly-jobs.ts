import { Duration, type Stack, Validations } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { partitions } from '../../functions/people/partitions.ts';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { Daily } from '../constructs/schedules.ts';
import { lawAttributes, type Wiring } from './wiring.ts';

const hourly = { period: Duration.hours(1) };

/**
 * For a metric that is 0 in the hour of a successful run. The alarm fires if 26 hours pass without one,
 * because the run failed or did not start. 26, because the day when the clocks change has 25 hours.
 */
const noGoodNight = {
  threshold: 0,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 26,
  datapointsToAlarm: 26,
  treatMissingData: TreatMissingData.BREACHING,
};

type Mapping = Pick<IEventSourceMapping, 'eventSourceMappingId' | 'eventSourceMappingArn'>;

/**
 * Compares the Views with the Ledger each night, and looks whether these mappings are on. The alarm
 * fires if there is a difference, a mapping is off, or no comparison ended.
 */
export const addReconcile = (
  scope: Stack,
  { district, data: { ledger, views, people } }: Wiring,
  mappings: readonly Mapping[],
): { readonly handler: DistrictFunction; readonly drift: Metric } => {
  const nightly = new DistrictFunction(scope, 'Reconcile', {
    district,
    entry: 'projector/nightly.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      VIEWS_TABLE: views.tableName,
      PEOPLE_TABLE: people.tableName,
      MAPPINGS: mappings.map(({ eventSourceMappingId }) => eventSourceMappingId).join(' '),
    },
    timeout: Duration.minutes(15),
    memorySize: 2048,
  });
  nightly.allow(ledger, ['dynamodb:Scan']);
  // Keys, kinds and volunteer ids only; no sealed attribute.
  nightly.allowScan(people, lawAttributes);
  nightly.allow(views, ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']);
  nightly.allowIndexes(views, ['ByList']);
  // How far the nights have come.
  nightly.allow(views, ['dynamodb:PutItem'], ['generations']);
  nightly.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:GetEventSourceMapping'],
      resources: mappings.map(({ eventSourceMappingArn }) => eventSourceMappingArn),
    }),
  );
  Validations.of(nightly).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason: 'A night that fails rings, and the next one compares the same',
  });
  new Daily(scope, 'ReconcileNightly', {
    handler: nightly,
    hour: 3,
    timezone: district.timezone,
  });
  const drift = new MetricFilter(scope, 'DriftFilter', {
    logGroup: nightly.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', 'reconciled'),
    metricNamespace: `leifeng/${district.name}`,
    metricName: 'drift',
    metricValue: '$.drift',
  });
  new Alarm(scope, 'NotReconciled', {
    ...noGoodNight,
    metric: drift.metric({ ...hourly, statistic: 'min' }),
    alarmDescription:
      'Figures differ from the Ledger, or were not compared: see docs/operations.md, "Drift"',
  });
  return { handler: nightly, drift: drift.metric({ ...hourly, statistic: 'max' }) };
};

/** Applies expiry and coming of age to records each night. The alarm fires if no run succeeded. */
export const addSweep = (
  scope: Stack,
  { district, data: { ledger, views, people: table } }: Wiring,
): DistrictFunction => {
  const sweep = new DistrictFunction(scope, 'Sweep', {
    district,
    entry: 'volunteers/sweep.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      VIEWS_TABLE: views.tableName,
      PEOPLE_TABLE: table.tableName,
    },
    timeout: Duration.minutes(15),
  });
  sweep.allowReading(ledger);
  sweep.allowAppending(ledger, ['volunteer']);
  sweep.allow(views, ['dynamodb:GetItem', 'dynamodb:Scan']);
  sweep.allowScan(table, ['pk', 'sk', 'expiresAt', 'childUntil', 'minorUntil', 'volunteerId']);
  const { persons, links, calendars, proofs, lists, lookUps, sources, complaints } = partitions;
  const swept = [persons, links, calendars, proofs, lists, lookUps, sources, complaints];
  sweep.allow(table, ['dynamodb:DeleteItem'], [...swept, partitions.starNames]);
  const clears = ['dynamodb:BatchWriteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
  sweep.allow(table, clears, [persons]);
  Validations.of(sweep).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason: 'A night that fails rings, and the next one finds the same',
  });
  new Daily(scope, 'SweepNightly', { handler: sweep, hour: 4, timezone: district.timezone });
  new Alarm(scope, 'NotSwept', {
    ...noGoodNight,
    metric: sweep.metricErrors({ ...hourly, statistic: 'min' }),
    alarmDescription:
      'What may be kept no longer was not all ended, or the sweep never ran: see docs/operations.md',
  });
  return sweep;
};

/** Says each working day what is overdue, when people begin to work. What fails is a dead letter. */
export const addReminder = (
  scope: Stack,
  { district, data: { ledger, views } }: Wiring,
  deadLetters: DeadLetters,
): DistrictFunction => {
  const reminder = new DistrictFunction(scope, 'RemindOverdue', {
    district,
    entry: 'participation/remind-overdue.ts',
    environment: { LEDGER_TABLE: ledger.tableName, VIEWS_TABLE: views.tableName },
    timeout: Duration.minutes(15),
  });
  reminder.allowReading(ledger, ['sheet', 'overdue-records']);
  reminder.allowAppending(ledger, ['overdue-records']);
  reminder.allow(views, ['dynamodb:GetItem', 'dynamodb:Query']);
  reminder.configureAsyncInvoke({
    retryAttempts: 2,
    onFailure: new SqsDestination(deadLetters.unhandled),
  });
  new Daily(scope, 'RemindOverdueDaily', {
    ...{ handler: reminder, hour: 9, timezone: district.timezone },
  });
  return reminder;
};
