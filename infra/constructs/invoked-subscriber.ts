import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import type { EventType } from '../../events/catalogue.ts';
import type { DeadLetters } from './dead-letters.ts';
import { deliveryTo, eventRule } from './event-rule.ts';

export interface InvokedSubscriberProps {
  readonly bus: IEventBus;
  readonly events: readonly EventType[];
  readonly handler: Handler;
  readonly deadLetters: DeadLetters;
}

/**
 * Bus → rule → function, one event at a time, without a queue that is polled. Lambda repeats a failed
 * event after one minute and after two more. An event for which it has no concurrency waits six hours.
 */
export class InvokedSubscriber extends Construct {
  readonly handler: Handler;

  constructor(
    scope: Construct,
    id: string,
    { bus, events, handler, deadLetters }: InvokedSubscriberProps,
  ) {
    super(scope, id);
    this.handler = handler;
    handler.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(deadLetters.unhandled),
    });
    const target = new LambdaFunction(handler, deliveryTo(deadLetters.undelivered));
    eventRule(this, 'Rule', bus, events, target);
  }
}
