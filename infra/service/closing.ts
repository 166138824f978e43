import { Duration, type Stack } from 'aws-cdk-lib';
import { catalogue, eventTypes } from '../../events/catalogue.ts';
import { partitions } from '../../functions/people/partitions.ts';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { InvokedSubscriber } from '../constructs/invoked-subscriber.ts';
import type { Wiring } from './wiring.ts';

/** The aggregates whose events may change figures. */
const counted: ReadonlySet<string> = new Set(['sheet', 'activity', 'volunteer', 'team']);

/**
 * The function that closes months and years: it reads the whole Ledger, and puts what it comes to into the
 * table Closed, where it may write, but not change or delete.
 */
const addCloser = (
  scope: Stack,
  { district, data: { ledger, people, closed, bus } }: Wiring,
  deadLetters: DeadLetters,
): InvokedSubscriber => {
  const handler = new DistrictFunction(scope, 'ClosePeriod', {
    district,
    entry: 'closing/close-period.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      PEOPLE_TABLE: people.tableName,
      CLOSED_TABLE: closed.tableName,
    },
    timeout: Duration.minutes(15),
    // It keeps the sheets of a year, and who everybody is, in memory.
    memorySize: 3008,
  });
  handler.allow(ledger, ['dynamodb:Scan']);
  handler.allowReading(ledger);
  handler.allowAppending(ledger, ['period', 'restatement']);
  handler.allow(closed, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
  // A salt is put only while its person is not erased.
  handler.allowChecking(ledger, ['volunteer']);
  handler.allow(people, ['dynamodb:GetItem', 'dynamodb:PutItem'], [partitions.proofs]);
  return new InvokedSubscriber(scope, 'ClosePeriodOnBus', {
    bus,
    events: ['MonthCloseStarted', 'MonthClosed', 'YearCloseStarted'],
    ...{ handler, deadLetters },
  });
};

/** The function that restates closed months after what changes their figures. */
const addRestater = (
  scope: Stack,
  { district, data: { ledger, people, closed, bus } }: Wiring,
  deadLetters: DeadLetters,
): InvokedSubscriber => {
  const handler = new DistrictFunction(scope, 'RestatePeriods', {
    district,
    entry: 'closing/restate-periods.ts',
    environment: {
      LEDGER_TABLE: ledger.tableName,
      PEOPLE_TABLE: people.tableName,
      CLOSED_TABLE: closed.tableName,
    },
    timeout: Duration.minutes(1),
    concurrency: district.concurrency.followers,
  });
  handler.allowReading(ledger);
  handler.allowAppending(ledger, ['restatement']);
  handler.allow(closed, ['dynamodb:GetItem', 'dynamodb:Query']);
  handler.allow(people, ['dynamodb:GetItem'], [partitions.proofs]);
  return new InvokedSubscriber(scope, 'RestatePeriodsOnBus', {
    bus,
    events: eventTypes.filter((type) => counted.has(catalogue[type].aggregate)),
    ...{ handler, deadLetters },
  });
};

/** What follows from the order to close, and from what changes a closed month. */
export const addClosing = (
  scope: Stack,
  wiring: Wiring,
  deadLetters: DeadLetters,
): readonly InvokedSubscriber[] => [
  addCloser(scope, wiring, deadLetters),
  addRestater(scope, wiring, deadLetters),
];
