// The functions, and the streams, queues and schedules that invoke them. HTTP requests come from edge/.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Data } from '../data/data.ts';
import { followStream, type StreamFollower } from '../data/streams.ts';
import type { Messaging } from '../messaging/messaging.ts';
import { asynchronousHandler } from './asynchronous.ts';
import type { Clock } from './clock.ts';
import { batchHandler, consumeQueue } from './consumers.ts';
import type { Faults } from './faults.ts';
import { createFunction, type LocalFunction, type Slot } from './functions.ts';
import { createIdleWorkers } from './idle-workers.ts';
import { runSchedules } from './schedules.ts';
import { createDelivery } from './stream-delivery.ts';

export interface ComputeOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly messaging: Messaging;
  readonly data: Data;
  readonly faults: Faults;
  /** The endpoints and credentials for one worker of a function. */
  environment(functionName: string, workerId: string): Readonly<Record<string, string>>;
}

/** The most workers of a function that HTTP requests or schedules invoke. */
const WORKERS = 2;
/** Time for running invocations to finish when the host stops. */
const GRACE_MS = 5000;

export const openCompute = (blueprint: Blueprint, options: ComputeOptions) => {
  const { dataDir, clock, messaging, data, faults, environment } = options;
  const { queues } = messaging;
  const { region, queueMappings, streamMappings, asynchronous } = blueprint;
  const functions = new Map<string, LocalFunction>();
  const followers = new Map<string, StreamFollower>();
  const idle = createIdleWorkers<Slot>();
  let activity = 0;
  const onActivity = (): void => {
    activity += 1;
    for (const follower of followers.values()) follower.nudge();
  };
  for (const spec of blueprint.functions) {
    const mapping = queueMappings.find(({ functionName }) => functionName === spec.name);
    const endpoints = (workerId: string) => environment(spec.name, workerId);
    const host = { region, logFolder: join(dataDir, 'logs'), idle, endpoints, onActivity };
    functions.set(spec.name, createFunction(spec, mapping?.concurrency ?? WORKERS, host));
  }
  const functionOf = (name: string): LocalFunction => {
    const found = functions.get(name);
    if (!found) throw new RangeError(`There is no function ${name}.`);
    return found;
  };
  const invoke = async (name: string, event: unknown): Promise<unknown> =>
    functionOf(name).invoke(event);

  for (const spec of streamMappings) {
    const send = (queue: string, body: string): void => queues.send([{ queue, body }]);
    const delivery = createDelivery(spec, functionOf(spec.functionName), send, faults);
    const table = data.tables.find(({ name }) => name === spec.table);
    if (!table) throw new Error(`There is no table ${spec.table}.`);
    const { endpoint } = data;
    const about = { endpoint, region, queues, clock, table, delivery };
    followers.set(`${spec.table} for ${spec.functionName}`, followStream(spec, about));
  }
  const consumers = [
    ...queueMappings.map((spec) =>
      consumeQueue(
        spec,
        batchHandler(spec, functionOf(spec.functionName), queues),
        queues,
        data.ready,
      ),
    ),
    ...asynchronous.map((spec) =>
      consumeQueue(
        { queue: spec.queue, batchSize: 1, windowMs: 0, concurrency: WORKERS },
        asynchronousHandler(spec, functionOf(spec.functionName), queues, clock),
        queues,
        data.ready,
      ),
    ),
  ];
  const consumed = [...queueMappings, ...asynchronous].map(({ queue }) => queue);

  const inFlight = (): number =>
    [...functions.values()].reduce((sum, one) => sum + one.status().inFlight, 0);
  const schedules = runSchedules(blueprint.schedules, invoke, clock, queues, () => inFlight() > 0);
  const queued = (): readonly (readonly [string, number])[] => {
    const status = queues.status();
    return consumed.flatMap((queue) => {
      const { visible = 0, inFlight = 0 } = status[queue] ?? {};
      return visible + inFlight > 0 ? [[queue, visible + inFlight] as const] : [];
    });
  };

  return {
    invoke,
    /** Has the function invoked later, with Lambda's retries. */
    invokeLater: (name: string, event: unknown): void => {
      const spec = asynchronous.find(({ functionName }) => functionName === name);
      if (!spec) throw new RangeError(`The function ${name} is not invoked asynchronously.`);
      queues.send([{ queue: spec.queue, body: JSON.stringify(event) }]);
    },
    crash: (workerId: string): void => {
      for (const one of functions.values()) one.crash(workerId);
    },
    /** The next workers of these functions, or of all by default, load their bundles again. */
    recycle: (names: readonly string[] = [...functions.keys()]): void => {
      for (const name of names) functionOf(name).recycle();
    },
    runSchedule: schedules.runNow,
    /** Whether everything committed before the call has been processed. Dead letters do not count. */
    isIdle: async (): Promise<boolean> => {
      const before = activity;
      for (const follower of followers.values()) if (!(await follower.isDrained())) return false;
      // An invocation during this check may have written after the stream was read, so this is not idle.
      return queued().length === 0 && inFlight() === 0 && activity === before;
    },
    /**
     * A value that changes while there is progress. A running invocation counts as progress, because its
     * timeout ends it. So does a message that is not due yet.
     */
    progress: (): unknown => {
      const due = consumed.some((queue) => (queues.visible(queue).next ?? 0) > Date.now());
      return [activity, queued(), inFlight() > 0 || due ? Date.now() : 0];
    },
    /** A description of the unfinished work. */
    waitingFor: (): string => {
      const streams = [...followers].map(([stream, follower]) => {
        const { pending, error } = follower.status();
        const trouble = error && `the stream of ${stream}, which cannot be read (${error})`;
        return trouble || (pending > 0 ? `${pending} records of the stream of ${stream}` : '');
      });
      const messages = queued().map(([queue, count]) => `${count} messages of ${queue}`);
      const running = inFlight() > 0 ? `${inFlight()} running functions` : '';
      return [...streams, ...messages, running].filter(Boolean).join(', ') || 'the streams’ ends';
    },
    status: () => ({
      functions: mapValues(functions, (one) => one.status()),
      streams: mapValues(followers, (one) => one.status()),
      schedules: schedules.status(),
    }),
    /** Gives running invocations some seconds to finish, and ends. */
    close: async (): Promise<void> => {
      schedules.stop();
      idle.close();
      for (const consumer of consumers) consumer.stop();
      const end = Date.now() + GRACE_MS;
      while (inFlight() > 0 && Date.now() < end) await sleep(20);
      const quiet = inFlight() === 0;
      await Promise.all([...followers.values()].map((one) => one.stop(quiet)));
      await Promise.all([...functions.values()].map((one) => one.stop()));
      await Promise.all([...consumers, ...followers.values()].map((one) => one.finished()));
    },
  };
};

export type Compute = ReturnType<typeof openCompute>;

const mapValues = <T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries([...map].map(([key, value]) => [key, change(value)]));
