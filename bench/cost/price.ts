import { type Counts, total } from './counts.ts';
import prices from './prices.json' with { type: 'json' };

const { perMillion, assumed } = prices;

/** One run, with the counts of each of its functions. */
export interface Run {
  readonly label: string;
  /** HoursLogged events of the run. */
  readonly logs: number;
  /** All events of the run, including corrections and voids. */
  readonly events: number;
  /** Commands by kind. */
  readonly commands: Counts;
  readonly phases: Readonly<Record<string, Counts>>;
}

const sumOf = (run: Run, pattern: RegExp, ...phases: readonly string[]): number =>
  Object.entries(run.phases).reduce(
    (sum, [phase, counts]) =>
      phases.length === 0 || phases.includes(phase) ? sum + total(counts, pattern) : sum,
    0,
  );

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const gigabyteSeconds = (ms: number, memoryMB: number): number => (ms / 1000) * (memoryMB / 1024);

/** GB-seconds by the assumed durations. */
const computeOf = (run: Run): number => {
  const api = sum(
    Object.entries(run.commands).map(
      ([kind, count]) => count * assumed.apiMs[kind as keyof typeof assumed.apiMs],
    ),
  );
  const others = (['relay', 'projector', 'notifier', 'naive'] as const).map((phase) => {
    const counts = run.phases[phase] ?? {};
    const requests = sum(
      Object.entries(assumed.requestMs).map(
        ([operation, ms]) => ms * (counts[`requests.${operation}`] ?? 0),
      ),
    );
    const ms =
      requests +
      assumed.overheadMs[phase] * (counts.invocations ?? 0) +
      assumed.perRecordMs[phase] * (counts.records ?? 0);
    return gigabyteSeconds(ms, assumed.memoryMB[phase]);
  });
  return gigabyteSeconds(api, assumed.memoryMB.api) + sum(others);
};

/**
 * Bytes of log: our lines as written, Lambda's own lines where they are not turned off, and the gateway's
 * access lines.
 */
export const logBytesOf = (run: Run) => {
  const invocations = run.phases.naive ? sumOf(run, /^invocations$/) : 0;
  return {
    ours: sumOf(run, /^log\.bytes$/),
    lambda: invocations * Buffer.byteLength(assumed.lambdaLogLines),
    gateway: sum(Object.values(run.commands)) * Buffer.byteLength(assumed.apiAccessLine),
  };
};

/** Units that have a price. `refused` are among those of their items. */
const isPriced =
  /^(ledger\.row|idempotency\.row|people\.row|views\.(page|year|person|counts|other))\.(wru|rru)$|^refused\.wru$/;

/** A table or kind of item that is counted under another name would cost nothing without anybody noticing. */
const checkAllPriced = ({ phases }: Run): void => {
  for (const name of Object.values(phases).flatMap((counts) => Object.keys(counts)))
    if (/\.[wr]ru$/.test(name) && !isPriced.test(name)) throw new Error(`no price for ${name}`);
};

/** Dollars of a run by line item. Index writes are not part of the transaction and cost the plain rate. */
export const priced = (run: Run): Readonly<Record<string, number>> => {
  checkAllPriced(run);
  const write = (pattern: RegExp) => sumOf(run, pattern) * perMillion.writeUnit;
  const read = (pattern: RegExp) => sumOf(run, pattern) * perMillion.readUnit;
  const logs = sum(Object.values(logBytesOf(run)));
  const micro: Record<string, number> = {
    'HTTP API': sum(Object.values(run.commands)) * perMillion.httpApiRequest,
    'Lambda requests': sumOf(run, /^invocations$/) * perMillion.lambdaRequest,
    'Lambda GB-s': computeOf(run) * prices.lambdaArm64GBSecond * 1e6,
    'Ledger writes': write(/^ledger\.row\.wru$/),
    'Ledger reads': read(/^ledger\.row\.rru$/),
    EventBridge: sumOf(run, /^events\.units$/) * perMillion.event64KB,
    'Event archive': (sumOf(run, /^events\.bytes$/) / 1e9) * prices.archiveGB * 1e6,
    SQS: sumOf(run, /^sqs\./) * perMillion.sqsRequest,
    'Views pages': write(/^views\.page\.wru$/),
    'Views years': write(/^views\.year\.wru$/),
    'Views persons': write(/^views\.person\.wru$/),
    'Views counts': write(/^views\.counts\.wru$/),
    'Views others': write(/^views\.other\.wru$/),
    Indexes: write(/\.index\./),
    Notices: write(/^people\..*\.wru$/) + read(/^people\..*\.rru$/),
    'Idempotency records': write(/^idempotency\.row\.wru$/) + read(/^idempotency\.row\.rru$/),
    'Views reads': read(/^views\..*\.rru$/),
    Logs: (logs / 1e9) * prices.logsGB * 1e6,
  };
  return Object.fromEntries(Object.entries(micro).map(([item, value]) => [item, value / 1e6]));
};

/** Dollars for a million HoursLogged. */
export const perMillionLogs = (run: Run): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(priced(run)).map(([item, dollars]) => [item, (dollars / run.logs) * 1e6]),
  );

export const totalOf = (items: Readonly<Record<string, number>>): number =>
  sum(Object.values(items));
