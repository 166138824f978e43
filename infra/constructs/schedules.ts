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

interface ScheduledProps {
  readonly handler: IFunction;
  readonly expression: string;
  readonly timezone: string | undefined;
  /** How long a run that could not start is tried again. */
  readonly retry: { readonly seconds: number; readonly attempts: number };
}

/**
 * Runs a function on a schedule. Uses EventBridge Scheduler, because a rule's schedule knows UTC only, and
 * the plain resource, because its construct would let the schedule call every version of the function.
 */
class Scheduled extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { handler, expression, timezone, retry }: ScheduledProps,
  ) {
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
      scheduleExpression: expression,
      ...(timezone === undefined ? {} : { scheduleExpressionTimezone: timezone }),
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        // The time the run was due. Handlers read no clock, so a late run still works on its own time.
        input: '{"time":"<aws.scheduler.scheduled-time>"}',
        retryPolicy: {
          maximumEventAgeInSeconds: retry.seconds,
          maximumRetryAttempts: retry.attempts,
        },
      },
    });
  }
}

export interface DailyProps {
  readonly handler: IFunction;
  /** Hour of the day, 0 to 23, in `timezone`. */
  readonly hour: number;
  readonly timezone: string;
}

/** Runs a function each day, or night, in the district's time zone. */
export class Daily extends Scheduled {
  constructor(scope: Construct, id: string, { handler, hour, timezone }: DailyProps) {
    super(scope, id, {
      ...{ handler, timezone },
      expression: `cron(0 ${hour} * * ? *)`,
      // A missed run is not made up for later in the day, because the next one does the same work.
      retry: { seconds: 3600, attempts: 5 },
    });
  }
}

/** Runs a function each minute. A missed minute is not made up for: the next one does the same work. */
export class EveryMinute extends Scheduled {
  constructor(scope: Construct, id: string, { handler }: Pick<DailyProps, 'handler'>) {
    super(scope, id, {
      handler,
      expression: 'rate(1 minute)',
      timezone: undefined,
      retry: { seconds: 60, attempts: 0 },
    });
  }
}
