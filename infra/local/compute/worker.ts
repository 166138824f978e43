// The inside of a worker thread: loads one bundle and runs one invocation at a time, like Lambda.
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation, Outcome } from './functions.ts';

const { bundle, handler, context } = workerData as {
  readonly bundle: string;
  readonly handler: string;
  readonly context: object;
};
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread.');

const module = (await import(bundle)) as Record<string, unknown>;
const handle = module[handler] as (event: unknown, context: object) => unknown;
if (typeof handle !== 'function') throw new Error(`${bundle} exports no function ${handler}.`);

const run = async ({ id, event, deadline }: Invocation): Promise<Outcome> => {
  try {
    const getRemainingTimeInMillis = (): number => Math.max(0, deadline - Date.now());
    const lambda = { ...context, awsRequestId: id, getRemainingTimeInMillis };
    const result = await handle(JSON.parse(event), lambda);
    return { id, result: JSON.stringify(result ?? null) };
  } catch (error) {
    // The cause must be found in the function's log, as CloudWatch would show it.
    console.error('Invoke Error', error);
    return {
      id,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
};

port.on('message', async (invocation: Invocation) => port.postMessage(await run(invocation)));
port.postMessage('ready');
