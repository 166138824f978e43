import { Duration, Validations } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EventType } from '../../events/catalogue.ts';
import type { DeadLetters } from './dead-letters.ts';
import { deliveryTo, eventRule } from './event-rule.ts';

export interface QueuedSubscriberProps {
  readonly bus: IEventBus;
  readonly events: readonly EventType[];
  readonly handler: IFunction;
  /** The handler's timeout. The queue's visibility timeout is six times as long. */
  readonly timeout: Duration;
  readonly deadLetters: DeadLetters;
}

/**
 * Bus → rule → queue → function, in batches. For a subscriber of every event: a queue is polled all the
 * time, which costs more than a rare event.
 */
export class QueuedSubscriber extends Construct {
  readonly queue: Queue;
  readonly source: SqsEventSource;

  constructor(
    scope: Construct,
    id: string,
    { bus, events, handler, timeout, deadLetters }: QueuedSubscriberProps,
  ) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters.unhandled, maxReceiveCount: 5 },
    });
    const target = new SqsQueue(this.queue, deliveryTo(deadLetters.undelivered));
    eventRule(this, 'Rule', bus, events, target);
    this.source = new SqsEventSource(this.queue, {
      batchSize: 100,
      // A batch of more than ten messages needs a window to fill. The first message of a batch waits for
      // a second at most and the others less.
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      // Two, so that concurrency is always exercised. More would only conflict on the same totals.
      maxConcurrency: 2,
    });
    handler.addEventSource(this.source);
    Validations.of(handler).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'What a queue’s function cannot handle goes to the queue’s dead-letter queue',
    });
  }
}
