import { Stack } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';

export interface NightlyProps {
  readonly handler: IFunction;
  /** Hour of the day, 0 to 23, in `timezone`. */
  readonly hour: number;
  readonly timezone: string;
}

/**
 * Runs a function each night in the district's time zone. Uses EventBridge Scheduler, because a rule's
 * schedule knows UTC only, and the plain resource, because its construct would let the schedule call
 * every version of the function.
 */
export class Nightly extends Construct {
  constructor(scope: Construct, id: string, { handler, hour, timezone }: NightlyProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Invoke: new PolicyDocument({
          statements: [
            new PolicyStatement({
              effect: Effect.ALLOW,
              actions: ['lambda:InvokeFunction'],
              resources: [handler.functionArn],
            }),
          ],
        }),
      },
    });
    new CfnSchedule(this, 'Schedule', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: `cron(0 ${hour} * * ? *)`,
      scheduleExpressionTimezone: timezone,
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        // The time the run was due. Handlers read no clock, so a late run still works on its own night.
        input: '{"time":"<aws.scheduler.scheduled-time>"}',
        // A missed night is not made up for during the day, because the next night does the same work.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 5 },
      },
    });
  }
}
