import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { QueuedSubscriber } from '../constructs/queued-subscriber.ts';
import { lawAttributes, type Wiring } from './wiring.ts';

/** The operators' function that rebuilds the Views, or compares them with the Ledger. */
export const addMaintenance = (
  scope: Stack,
  { district, data: { ledger, views, people } }: Wiring,
): DistrictFunction => {
  const maintenance = new DistrictFunction(scope, 'Maintenance', {
    district,
    entry: 'projector/maintenance.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      VIEWS_TABLE: views.tableName,
      PEOPLE_TABLE: people.tableName,
    },
    timeout: Duration.minutes(15),
    // A rebuild keeps one year in memory: see docs/decisions/0007-views-in-generations.md.
    memorySize: 3008,
  });
  maintenance.allow(ledger, ['dynamodb:Scan']);
  // Keys, kinds and volunteer ids only; no sealed attribute.
  maintenance.allowScan(people, lawAttributes);
  maintenance.allow(views, [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:UpdateItem',
  ]);
  // A full comparison counts who is registered in each area.
  maintenance.allowIndexes(views, ['ByList']);
  return maintenance;
};

/** The operators' function that lists the dead-letter queues, and sends their messages back. */
export const addRedrive = (
  scope: Stack,
  { district, data: { ledger, bus } }: Wiring,
  {
    deadLetters: { undelivered, unhandled },
    projections,
    invoked,
  }: {
    readonly deadLetters: DeadLetters;
    readonly projections: QueuedSubscriber;
    /** The functions that are invoked again with what they could not handle. */
    readonly invoked: readonly { readonly handler: IFunction }[];
  },
): DistrictFunction => {
  const redrive = new DistrictFunction(scope, 'Redrive', {
    district,
    entry: 'outbox/redrive.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      BUS_NAME: bus.eventBusName,
      UNDELIVERED_QUEUE: undelivered.queueUrl,
      UNHANDLED_QUEUE: unhandled.queueUrl,
      PROJECTIONS_QUEUE: projections.queue.queueUrl,
    },
    timeout: Duration.minutes(15),
    memorySize: 1024,
  });
  redrive.allow(ledger, ['dynamodb:Scan']);
  bus.grantPutEventsTo(redrive);
  for (const queue of [undelivered, unhandled]) queue.grantConsumeMessages(redrive);
  projections.queue.grantSendMessages(redrive);
  redrive.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: invoked.map(({ handler }) => handler.functionArn),
    }),
  );
  return redrive;
};
