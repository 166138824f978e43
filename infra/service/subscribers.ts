import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { catalogue, eventTypes } from '../../events/catalogue.ts';
import { projectorSeconds } from '../../functions/projector/timeout.ts';
import type { SliceDescription } from '../../functions/slice.ts';
import { projections, slices } from '../../functions/slices.ts';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { InvokedSubscriber } from '../constructs/invoked-subscriber.ts';
import { QueuedSubscriber } from '../constructs/queued-subscriber.ts';
import { sliceFunction } from './slice-function.ts';
import { isDeployed, type Wiring } from './wiring.ts';

/** Bus → Views. */
export const addProjector = (
  scope: Stack,
  { district, data: { views, bus } }: Wiring,
  deadLetters: DeadLetters,
): QueuedSubscriber => {
  const timeout = Duration.seconds(projectorSeconds);
  const handler = new DistrictFunction(scope, 'Projector', {
    district,
    entry: 'projector/projector.ts',
    environment: { VIEWS_TABLE: views.tableName },
    timeout,
    memorySize: 1024,
    concurrency: district.concurrency.projector,
  });
  handler.allow(views, [
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ]);
  const subscriber = new QueuedSubscriber(scope, 'Projections', {
    bus,
    events: eventTypes.filter((type) => projections[catalogue[type].aggregate] !== null),
    ...{ handler, timeout, deadLetters },
  });
  new Alarm(scope, 'ProjectionsBehind', {
    metric: subscriber.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
    threshold: Duration.minutes(10).toSeconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 2,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Figures are late: see docs/operations.md, "The figures are late"',
  });
  return subscriber;
};

/** The subscribers that the slices describe. */
export const addSubscribers = (
  scope: Stack,
  wiring: Wiring,
  deadLetters: DeadLetters,
): readonly InvokedSubscriber[] =>
  (slices as readonly SliceDescription[])
    .filter((each) => isDeployed(each, wiring))
    .flatMap(({ name, subscribers }) =>
      Object.entries(subscribers).map(
        ([id, { file, on: events, seconds, ...rights }]) =>
          new InvokedSubscriber(scope, `${id}OnBus`, {
            bus: wiring.data.bus,
            events,
            handler: sliceFunction(scope, id, wiring, {
              entry: `${name}/${file}`,
              ...{ rights, seconds },
              concurrency: wiring.district.concurrency.followers,
            }),
            deadLetters,
          }),
      ),
    );
