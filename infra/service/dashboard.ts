import { Duration, type Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import type { InvokedSubscriber } from '../constructs/invoked-subscriber.ts';
import type { QueuedSubscriber } from '../constructs/queued-subscriber.ts';
import type { Wiring } from './wiring.ts';

const period = Duration.minutes(5);
const width = 8;

const graph = (title: string, ...left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width });

export interface DashboardProps {
  readonly api: HttpApi;
  readonly relay: IFunction;
  readonly projections: QueuedSubscriber;
  readonly subscribers: readonly InvokedSubscriber[];
  readonly deadLetters: DeadLetters;
  readonly drift: Metric;
}

/**
 * One dashboard with all alarms and their metrics, in the order in which an event passes through. Three
 * dashboards are free in an account.
 */
export const addDashboard = (
  scope: Stack,
  { data: { ledger, views } }: Wiring,
  { api, relay, projections, subscribers, deadLetters, drift }: DashboardProps,
): void => {
  // Without a dimension, for all functions of the account, because they share its concurrency.
  const ofAccount = (metricName: string, statistic: string): Metric =>
    new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period });
  const ofFollowers = (metricName: string, statistic: string): readonly Metric[] =>
    subscribers.map(({ handler, node: { id } }) =>
      handler.metric(metricName, { statistic, period, label: id.replace(/OnBus$/, '') }),
    );
  const { undelivered, unhandled } = deadLetters;
  const alarms = scope.node.findAll().filter((each) => each instanceof Alarm);
  new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ alarms, width: 24, height: 4 })],
      [
        new TextWidget({
          markdown:
            'What to do when an alarm fires: `docs/operations.md`, by the name of the alarm.',
          width: 24,
          height: 1,
        }),
      ],
      [
        graph('Requests', api.metricCount({ period }), api.metricClientError({ period })),
        graph('Requests that fail', api.metricServerError({ period })),
        graph(
          'Latency (half, and 95 of 100)',
          ...['p50', 'p95'].map((statistic) => api.metricLatency({ period, statistic })),
        ),
      ],
      [
        graph('Relay: age of events', relay.metric('IteratorAge', { statistic: 'max', period })),
        graph(
          'Projections: age of the oldest event',
          projections.queue.metricApproximateAgeOfOldestMessage({ period }),
        ),
        graph('Followers: age of events', ...ofFollowers('AsyncEventAge', 'max')),
      ],
      [
        graph(
          'Dead letters',
          ...[undelivered, unhandled].map((queue) =>
            queue.metricApproximateNumberOfMessagesVisible({ period }),
          ),
        ),
        graph('Followers: failed attempts', ...ofFollowers('Errors', 'sum')),
        graph('Drift', drift),
      ],
      [
        graph('Executions at once (account)', ofAccount('ConcurrentExecutions', 'max')),
        graph('Throttled executions (account)', ofAccount('Throttles', 'sum')),
        graph(
          'Units written',
          ...[ledger, views].map((table) => table.metricConsumedWriteCapacityUnits({ period })),
        ),
      ],
    ],
  });
};
