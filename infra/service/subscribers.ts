import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { catalogue, eventTypes } from '../../events/catalogue.ts';
import type { SliceDescription } from '../../functions/slice.ts';
import { projections, slices } from '../../functions/slices.ts';
import { DistrictFunction } from '../constructs/district-function.ts';
import { Subscriber } from '../constructs/subscriber.ts';
import { sliceFunction } from './slice-function.ts';
import type { Wiring } from './wiring.ts';

/** Bus → Views. */
const projector = (scope: Stack, { district, data: { views, bus } }: Wiring): Subscriber => {
  const timeout = Duration.seconds(30);
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
  const subscriber = new Subscriber(scope, 'Projections', {
    bus,
    events: eventTypes.filter((type) => projections[catalogue[type].aggregate] !== null),
    handler,
    timeout,
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

/** The subscribers of a slice, each with a queue on the bus. */
const ofSlice = (
  scope: Stack,
  wiring: Wiring,
  { name, subscribers }: SliceDescription,
): readonly Subscriber[] =>
  Object.entries(subscribers).map(
    ([id, { queue, file, on, seconds, delaySeconds, receives, ...rights }]) =>
      new Subscriber(scope, queue, {
        bus: wiring.data.bus,
        events: on,
        handler: sliceFunction(scope, id, wiring, { entry: `${name}/${file}`, rights, seconds }),
        timeout: Duration.seconds(seconds),
        ...(delaySeconds === undefined ? {} : { delay: Duration.seconds(delaySeconds) }),
        ...(receives === undefined ? {} : { receives }),
      }),
  );

/** All subscribers of the bus. */
export const addSubscribers = (scope: Stack, wiring: Wiring): readonly Subscriber[] => [
  projector(scope, wiring),
  ...slices.flatMap((slice) => ofSlice(scope, wiring, slice as SliceDescription)),
];
