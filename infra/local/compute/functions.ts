// Lambda functions as worker threads. They run the bundles that deploy, each with its own environment.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionSpec } from '../assembly/blueprint.ts';
import type { createIdleWorkers } from './idle-workers.ts';
import { openLog } from './log.ts';

export interface Invocation {
  readonly id: string;
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export type Outcome =
  | { readonly id: string; readonly result: string }
  | { readonly id: string; readonly error: string };

export interface LocalFunction {
  readonly spec: FunctionSpec;
  /** The handler's answer after a round trip through JSON. Rejects with InvocationError. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends one worker as a crash would. Its invocation fails. */
  crash(workerId: string): void;
  /** Ends every worker as soon as it is idle. New workers load the bundle again. */
  recycle(): void;
  status(): { workers: number; inFlight: number; invocations: number; errors: number };
  /** Whether invocations fail because the host is stopping. */
  isStopped(): boolean;
  /** Ends all workers. Running and later invocations fail. */
  stop(): Promise<void>;
}

export interface FunctionHost {
  readonly region: string;
  readonly logFolder: string;
  readonly idle: ReturnType<typeof createIdleWorkers<Slot>>;
  /** The endpoints and other variables for one worker. Chaos finds the worker by its id. */
  endpoints(workerId: string): Readonly<Record<string, string>>;
  /** Called at every start and end of an invocation, to tell when the host is idle. */
  onActivity(): void;
}

/** A failed invocation: the handler threw, timed out, or its worker died. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

/**
 * A worker's heap has the limit of the function's memory. The young generation is small, because many
 * workers share one machine.
 */
const limitsOf = ({ memoryMb }: FunctionSpec) => ({
  maxOldGenerationSizeMb: memoryMb,
  maxYoungGenerationSizeMb: 4,
});

export interface Slot {
  readonly id: string;
  /** The worker has an old bundle and is not used again. */
  stale: boolean;
  readonly worker: Worker;
  readonly ready: Promise<unknown>;
  /** Rejects when the worker dies. Never resolves. */
  readonly death: Promise<never>;
}

export const createFunction = (
  spec: FunctionSpec,
  concurrency: number,
  host: FunctionHost,
): LocalFunction => {
  const log = openLog(join(host.logFolder, `${spec.name}.log`));
  const slots = new Set<Slot>();
  const waiting: (() => void)[] = [];
  const count = { inFlight: 0, invocations: 0, errors: 0 };
  let stopped = false;

  const start = (): Slot => {
    const id = randomUUID();
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: {
        bundle: pathToFileURL(spec.bundle).href,
        handler: spec.handler,
        context: contextOf(spec),
      },
      env: { ...environmentOf(spec, host.region), ...host.endpoints(id), ...spec.environment },
      // A bundle with a source map reports errors with the lines of its sources.
      execArgv: ['--enable-source-maps'],
      resourceLimits: limitsOf(spec),
      stdout: true,
      stderr: true,
    });
    for (const stream of [worker.stdout, worker.stderr]) stream.on('data', log.write);
    const ready = new Promise((resolve) => worker.once('message', resolve));
    const death = new Promise<never>((_, reject) => {
      worker.once('error', (error) => {
        log.write(`Worker error ${error instanceof Error ? error.stack : error}\n`);
        reject(new InvocationError(`${spec.name} died: ${error}`));
      });
      worker.once('exit', (code) => reject(new InvocationError(`${spec.name} exited (${code})`)));
    });
    const slot: Slot = { id, stale: false, worker, ready, death };
    death.catch(() => {
      slots.delete(slot);
      host.idle.forget(slot);
    });
    slots.add(slot);
    return slot;
  };

  const acquire = async (): Promise<Slot> => {
    while (count.inFlight >= concurrency && !stopped) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (stopped) throw new InvocationError(`${spec.name} was not invoked: the host is stopping`);
    count.inFlight += 1;
    return host.idle.take(spec.name) ?? start();
  };

  const release = (slot: Slot): void => {
    if (slot.stale) void slot.worker.terminate();
    else host.idle.park(spec.name, slot);
  };

  const run = async ({ worker, ready, death }: Slot, event: unknown): Promise<unknown> => {
    // No timeout: loading may take long on a busy machine, and it ends with `ready` or the worker's death.
    await Promise.race([ready, death]);
    const invocation: Invocation = {
      id: randomUUID(),
      event: JSON.stringify(event),
      deadline: Date.now() + spec.timeoutMs,
    };
    const answer = new Promise<Outcome>((resolve) => worker.once('message', resolve));
    worker.postMessage(invocation);
    const late = `${spec.name} timed out after ${spec.timeoutMs / 1000} seconds`;
    const outcome = await within(spec.timeoutMs, late, [answer, death]);
    if ('error' in outcome) throw new InvocationError(outcome.error);
    return JSON.parse(outcome.result);
  };

  return {
    spec,
    invoke: async (event) => {
      const slot = await acquire();
      host.onActivity();
      count.invocations += 1;
      try {
        const result = await run(slot, event);
        release(slot);
        return result;
      } catch (error) {
        count.errors += 1;
        log.write(`${error}\n`);
        // A worker whose handler threw can be used again. Any other failure ends the worker.
        if (error instanceof TimeoutError || !slots.has(slot)) await slot.worker.terminate();
        else release(slot);
        throw error;
      } finally {
        count.inFlight -= 1;
        host.onActivity();
        waiting.shift()?.();
      }
    },
    crash: (workerId) => {
      for (const { id, worker } of slots) if (id === workerId) void worker.terminate();
    },
    recycle: () => {
      for (const slot of slots) slot.stale = true;
      for (let one = host.idle.take(spec.name); one; one = host.idle.take(spec.name))
        void one.worker.terminate();
    },
    status: () => ({ workers: slots.size, ...count }),
    isStopped: () => stopped,
    stop: async () => {
      stopped = true;
      for (const proceed of waiting.splice(0)) proceed();
      await Promise.all([...slots].map(({ worker }) => worker.terminate()));
      log.close();
    },
  };
};

class TimeoutError extends InvocationError {}

const within = async <T>(ms: number, message: string, race: readonly Promise<T>[]): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(message)), ms);
  });
  try {
    return await Promise.race([...race, late]);
  } finally {
    clearTimeout(timer);
  }
};

const contextOf = (spec: FunctionSpec): object => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: spec.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: spec.arn,
  memoryLimitInMB: String(spec.memoryMb),
  logGroupName: `/aws/lambda/${spec.name}`,
  logStreamName: 'local',
});

const environmentOf = (spec: FunctionSpec, region: string): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_FUNCTION_NAME: spec.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: dirname(spec.bundle),
});
