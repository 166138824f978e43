import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type EventType, sourceOf } from '../../events/catalogue.ts';

/** A dead-letter queue, and an alarm that fires when a message lies in it. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SQS3', reason: 'This is the dead-letter queue' },
      { id: 'Serverless-SQSRedrivePolicy', reason: 'This is the dead-letter queue' },
    );
    new Alarm(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Events could not be handled: see docs/operations.md, "A DLQ alarm rings"',
    });
  }
}

export interface SubscriberProps {
  readonly bus: IEventBus;
  readonly events: readonly EventType[];
  readonly handler: IFunction;
  /** The handler's timeout. The queue's visibility timeout is six times as long. */
  readonly timeout: Duration;
  /** The queue's delay, 15 minutes at most; none by default. */
  readonly delay?: Duration;
  /** How often the handler receives an event before it becomes a dead letter; 5 by default. */
  readonly receives?: number;
}

/** Bus → rule → queue → function, with a dead-letter queue for the rule and for the queue. */
export class Subscriber extends Construct {
  readonly queue: Queue;
  /** Events that the handler could not process. */
  readonly deadLetters: DeadLetterQueue;
  /** Events that the rule could not put into the queue. */
  readonly undelivered: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    { bus, events, handler, timeout, delay, receives = 5 }: SubscriberProps,
  ) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    this.undelivered = new DeadLetterQueue(this, 'Undelivered');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      ...(delay ? { deliveryDelay: delay } : {}),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receives },
    });
    new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: {
        source: [...new Set(events.map(sourceOf))],
        detailType: [...events],
      },
      targets: [
        new SqsQueue(this.queue, {
          deadLetterQueue: this.undelivered,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
    handler.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 100,
        // A batch of more than ten messages needs a window to fill. The first message of a batch waits for
        // a second at most and the others less.
        maxBatchingWindow: Duration.seconds(1),
        reportBatchItemFailures: true,
        // Two, so that concurrency is always exercised. More would only conflict on the same totals.
        maxConcurrency: 2,
      }),
    );
    Validations.of(handler).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'What a queue’s function cannot handle goes to the queue’s own dead-letter queue',
    });
  }
}
