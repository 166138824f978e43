import { Duration, type Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { DistrictFunction } from '../constructs/district-function.ts';
import { Nightly } from '../constructs/nightly.ts';
import type { Wiring } from './wiring.ts';

/** Compares the Views with the Ledger each night, and rings when they differ or when it did not. */
export const addReconcile = (scope: Stack, { district, data: { ledger, views } }: Wiring): void => {
  const nightly = new DistrictFunction(scope, 'Reconcile', {
    district,
    entry: 'projector/nightly.ts',
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
  new Nightly(scope, 'ReconcileNightly', {
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
  // A night and its alarms are looked at over 30 hours: one run is always among them.
  const nights = { evaluationPeriods: 30, datapointsToAlarm: 1 };
  const hourly = { period: Duration.hours(1) };
  new Alarm(scope, 'Drift', {
    ...nights,
    metric: drift.metric({ ...hourly, statistic: 'max' }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Figures differ from the Ledger: see docs/operations.md, "Drift"',
  });
  new Alarm(scope, 'ReconcileFailed', {
    ...nights,
    metric: nightly.metricErrors(hourly),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'The figures were not compared: see docs/operations.md, "Drift"',
  });
  new Alarm(scope, 'ReconcileMissing', {
    ...nights,
    datapointsToAlarm: nights.evaluationPeriods,
    metric: drift.metric({ ...hourly, statistic: 'n' }),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
    alarmDescription: 'The figures were not compared: see docs/operations.md, "Drift"',
  });
};

/** Does each night what time does to records, and rings when it could not. */
export const addSweep = (
  scope: Stack,
  { district, data: { ledger, views, people: table } }: Wiring,
): void => {
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
  sweep.allowLedger(ledger, 'volunteers');
  sweep.allow(views, ['dynamodb:GetItem', 'dynamodb:Scan']);
  sweep.allow(table, ['dynamodb:DeleteItem', 'dynamodb:Scan', 'dynamodb:UpdateItem']);
  Validations.of(sweep).acknowledge({
    id: 'Serverless-LambdaDLQ',
    reason: 'A night that fails rings, and the next one finds the same',
  });
  new Nightly(scope, 'SweepNightly', { handler: sweep, hour: 4, timezone: district.timezone });
  new Alarm(scope, 'SweepFailed', {
    metric: sweep.metricErrors({ period: Duration.hours(1) }),
    evaluationPeriods: 30,
    datapointsToAlarm: 1,
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'What may be kept no longer was not all ended: see docs/operations.md',
  });
};
