// An example: another team's stack, in the same account and region, that hears of verified hours.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

export interface SubscriberStackProps extends StackProps {
  /** The name of the district whose events these are: `demo`. */
  readonly district: string;
}

export class SubscriberStack extends Stack {
  constructor(scope: Construct, id: string, { district, ...props }: SubscriberStackProps) {
    super(scope, id, props);
    const busName = StringParameter.valueForStringParameter(this, `/leifeng/${district}/bus-name`);
    const undelivered = new Queue(this, 'Undelivered', { retentionPeriod: Duration.days(14) });
    const unhandled = new Queue(this, 'Unhandled', { retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Hours', {
      visibilityTimeout: Duration.minutes(3),
      deadLetterQueue: { queue: unhandled, maxReceiveCount: 5 },
    });
    new Rule(this, 'VerifiedHours', {
      eventBus: EventBus.fromEventBusName(this, 'Bus', busName),
      eventPattern: { source: ['leifeng.participation'], detailType: ['HoursVerified'] },
      targets: [new SqsQueue(queue, { deadLetterQueue: undelivered })],
    });
    const handler = new LambdaFunction(this, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      timeout: Duration.seconds(30),
      code: Code.fromInline(`
        exports.handler = async ({ Records }) => {
          for (const { body } of Records) {
            const { detail } = JSON.parse(body);
            // detail.id: keep those of a week, because an event may come again.
            // detail.aggregate.version: keep the highest of each aggregate, because order is not promised.
            console.log(detail.id, detail.aggregate.id, detail.aggregate.version);
          }
        };`),
    });
    handler.addEventSource(new SqsEventSource(queue, { batchSize: 10 }));
  }
}
