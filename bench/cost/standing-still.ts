// What a district costs in a month without any activity, by its templates.
import prices from './prices.json' with { type: 'json' };

/** A synthesised template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}
interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template has no type
  readonly Properties?: any;
}

export interface Standing {
  readonly what: string;
  readonly count: number;
  /** Dollars a month, of all of them. */
  readonly dollars: number;
}

/** Hours of a month, as CloudWatch counts them. */
const hours = 730;
/** Long polls of a queue in a month: Lambda keeps five of twenty seconds under way. */
const pollsOfQueue = (5 * hours * 3600) / 20;

/** Metrics that an alarm reads. Each costs as much as an alarm with one metric. */
const metricsOf = ({ Properties: { Metrics } }: Resource): number =>
  Metrics ? Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat).length : 1;

/** Types that cost something while nothing happens; those not named here cost nothing, or are refused. */
const free =
  /^AWS::(IAM|Events::(EventBus|Rule|Archive)|Lambda::(Function|Permission|EventInvokeConfig)|Logs::LogGroup|DynamoDB::GlobalTable|SQS::Queue(Policy)?|Scheduler::Schedule|ApiGatewayV2::(Api|Route|Stage|Integration|Authorizer)|SSM::Parameter|CDK::Metadata)/;

/**
 * The month's bill by the list prices, without free tiers. Not counted: what is stored, and the nights'
 * two runs, which take a second each in an empty district. Three dashboards are free in every account.
 * @throws Error for a type of resource whose price is not known here
 */
export const standingStill = (templates: readonly Template[]): readonly Standing[] => {
  const all = templates.flatMap(({ Resources }) => Object.values(Resources));
  const of = (type: string): readonly Resource[] => all.filter(({ Type }) => Type === type);
  const known = [
    'AWS::KMS::Key',
    'AWS::Lambda::EventSourceMapping',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::Logs::MetricFilter',
  ];
  const unknown = all.find(({ Type }) => !known.includes(Type) && !free.test(Type));
  if (unknown) throw new Error(`what a ${unknown.Type} costs is not known`);
  // Polling a stream of DynamoDB is free.
  const polled = of('AWS::Lambda::EventSourceMapping')
    .map(({ Properties }) => JSON.stringify(Properties.EventSourceArn))
    .filter((source) => !source.includes('StreamArn'));
  const fifos = templates
    .flatMap(({ Resources }) => Object.entries(Resources))
    .flatMap(([id, { Properties }]) => (Properties?.FifoQueue ? [`"${id}"`] : []));
  const isFifo = (source: string): boolean => fifos.some((id) => source.includes(id));
  const minutely = of('AWS::Scheduler::Schedule').filter(
    ({ Properties }) => Properties.ScheduleExpression === 'rate(1 minute)',
  );
  // The nightly line of the log is the only one, so the metric exists for an hour of each day.
  const metrics = of('AWS::Logs::MetricFilter');
  const alarms = of('AWS::CloudWatch::Alarm').reduce((sum, one) => sum + metricsOf(one), 0);
  const dashboards = Math.max(0, of('AWS::CloudWatch::Dashboard').length - 3);
  const { perMonth, perMillion } = prices;
  const priced = (what: string, count: number, each: number): Standing => ({
    ...{ what, count },
    dollars: count * each,
  });
  return [
    priced('keys of KMS', of('AWS::KMS::Key').length, perMonth.kmsKey),
    priced(
      'queues polled',
      polled.filter((source) => !isFifo(source)).length,
      (pollsOfQueue / 1e6) * perMillion.sqsRequest,
    ),
    priced(
      'FIFO queues polled',
      polled.filter(isFifo).length,
      (pollsOfQueue / 1e6) * perMillion.sqsFifoRequest,
    ),
    // What a run computes costs a tenth of this.
    priced(
      'schedules of every minute',
      minutely.length,
      ((hours * 60) / 1e6) * (perMillion.schedulerInvocation + perMillion.lambdaRequest),
    ),
    priced('metrics of alarms', alarms, perMonth.alarmMetric),
    priced('metrics, an hour a day', metrics.length, perMonth.customMetric / 24),
    priced('dashboards above three', dashboards, perMonth.dashboard),
  ];
};

export const dollarsOf = (items: readonly Standing[]): number =>
  items.reduce((sum, { dollars }) => sum + dollars, 0);
