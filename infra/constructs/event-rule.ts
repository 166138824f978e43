import { Duration } from 'aws-cdk-lib';
import { type IEventBus, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type EventType, sourceOf } from '../../events/catalogue.ts';

/** The properties of a rule's target for events that EventBridge cannot deliver for a day. */
export const deliveryTo = (undelivered: Queue) => ({
  deadLetterQueue: undelivered,
  retryAttempts: 185,
  maxEventAge: Duration.hours(24),
});

/** The rule that passes these events of the bus to a target. */
export const eventRule = (
  scope: Construct,
  id: string,
  eventBus: IEventBus,
  events: readonly EventType[],
  target: IRuleTarget,
): Rule =>
  new Rule(scope, id, {
    eventBus,
    eventPattern: { source: [...new Set(events.map(sourceOf))], detailType: [...events] },
    targets: [target],
  });
