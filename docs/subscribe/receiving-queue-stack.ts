// An example: another account's queue, to which a district passes events.
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AccountPrincipal, ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface ReceivingQueueStackProps extends StackProps {
  /** The name of the district: `demo`. */
  readonly district: string;
  /** The account of the district, which may send here until its role is known. */
  readonly districtAccount: string;
  /** The role that sends: an output of the district's service stack. */
  readonly roleArn?: string;
}

export class ReceivingQueueStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { district, districtAccount, roleArn, ...props }: ReceivingQueueStackProps,
  ) {
    super(scope, id, props);
    const unhandled = new Queue(this, 'Unhandled', { retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Events', {
      // Not a key of KMS: the district's role could not use it.
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: unhandled, maxReceiveCount: 5 },
    });
    queue.grantSendMessages(
      roleArn ? new ArnPrincipal(roleArn) : new AccountPrincipal(districtAccount),
    );
    new CfnOutput(this, 'QueueArn', {
      value: queue.queueArn,
      description: `For the setting "forwards" of the district ${district}`,
    });
  }
}
