import { Duration, type Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Subscriber } from '../constructs/subscriber.ts';

const period = Duration.minutes(5);
const width = 8;

const graph = (title: string, ...left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width });

/** One dashboard with all alarms and their metrics. Three dashboards are free in an account. */
export const addDashboard = (
  scope: Stack,
  {
    api,
    relay,
    subscribers,
    drift,
  }: {
    readonly api: HttpApi;
    readonly relay: IFunction;
    readonly subscribers: readonly Subscriber[];
    readonly drift: Metric;
  },
): void => {
  // Without a dimension, for all functions of the account, because they share its concurrency.
  const ofAccount = (metricName: string, statistic: string): Metric =>
    new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period });
  const queues = subscribers.map(({ queue }) => queue);
  const dead = subscribers.flatMap(({ deadLetters, undelivered }) => [deadLetters, undelivered]);
  const alarms = scope.node.findAll().filter((each) => each instanceof Alarm);
  new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ alarms, width: 24, height: 4 })],
      [
        graph('Requests', api.metricCount({ period }), api.metricClientError({ period })),
        graph('Requests that fail', api.metricServerError({ period })),
        graph('Latency (p95)', api.metricLatency({ period, statistic: 'p95' })),
      ],
      [
        graph('Relay: age of events', relay.metric('IteratorAge', { statistic: 'max', period })),
        graph(
          'Queues: age of the oldest message',
          ...queues.map((queue) => queue.metricApproximateAgeOfOldestMessage({ period })),
        ),
        graph(
          'Dead letters',
          ...dead.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period })),
        ),
      ],
      [
        graph('Executions at once (account)', ofAccount('ConcurrentExecutions', 'max')),
        graph('Throttled executions (account)', ofAccount('Throttles', 'sum')),
        graph('Drift', drift),
      ],
    ],
  });
};
