import { Duration, type Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DistrictFunction } from '../constructs/district-function.ts';
import type { Subscriber } from '../constructs/subscriber.ts';
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
    memorySize: 2048,
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
  return maintenance;
};

/** The operators' function that lists the dead-letter queues, and sends their messages back. */
export const addRedrive = (
  scope: Stack,
  { district, data: { ledger, bus } }: Wiring,
  relayDeadLetters: Queue,
  subscribers: readonly Subscriber[],
): DistrictFunction => {
  const deadLetters = [
    { queue: relayDeadLetters, to: undefined },
    ...subscribers.flatMap(({ deadLetters, undelivered, queue }) => [
      { queue: deadLetters, to: queue },
      { queue: undelivered, to: queue },
    ]),
  ];
  const redrive = new DistrictFunction(scope, 'Redrive', {
    // It needs no outputs, and its environment must have room for the queues.
    district: { ...district, outputs: {} },
    entry: 'outbox/redrive.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      BUS_NAME: bus.eventBusName,
      DEAD_LETTERS: scope.toJsonString({
        url: relayDeadLetters.queueUrl,
        queues: deadLetters.map(({ queue, to }) => ({
          name: queue.node.path.split('/').slice(2).join('/'),
          queue: queue.queueName,
          ...(to ? { to: to.queueName } : {}),
        })),
      }),
    },
    timeout: Duration.minutes(15),
    memorySize: 1024,
  });
  redrive.allow(ledger, ['dynamodb:Scan']);
  bus.grantPutEventsTo(redrive);
  for (const { queue, to } of deadLetters) {
    queue.grantConsumeMessages(redrive);
    to?.grantSendMessages(redrive);
  }
  return redrive;
};
