import { Duration, Validations } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const deadLetterQueue = (scope: Construct, id: string): Queue => {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge(
    { id: 'AwsSolutions-SQS3', reason: 'This is a dead-letter queue' },
    { id: 'Serverless-SQSRedrivePolicy', reason: 'This is a dead-letter queue' },
  );
  return queue;
};

/**
 * The two dead-letter queues of a district, and an alarm that fires while a message lies in either. A
 * message says whose it is.
 */
export class DeadLetters extends Construct {
  /** Events that EventBridge could not deliver to their target. */
  readonly undelivered: Queue;
  /** What a function could not handle: events, and positions in the Ledger's stream. */
  readonly unhandled: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.undelivered = deadLetterQueue(this, 'Undelivered');
    this.unhandled = deadLetterQueue(this, 'Unhandled');
    const period = Duration.minutes(1);
    new Alarm(this, 'NotEmpty', {
      metric: new MathExpression({
        // A queue that was not used for hours has no data.
        expression: 'FILL(undelivered, 0) + FILL(unhandled, 0)',
        usingMetrics: {
          undelivered: this.undelivered.metricApproximateNumberOfMessagesVisible(),
          unhandled: this.unhandled.metricApproximateNumberOfMessagesVisible(),
        },
        label: 'Dead letters',
        period,
      }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Events could not be handled: see docs/operations.md, "Dead letters"',
    });
  }
}
