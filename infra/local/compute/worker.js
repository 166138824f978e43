// Runs in a worker thread: loads one bundle and runs one invocation at a time, like Lambda.
// Plain JavaScript, because stripping types would take a dozen megabytes in every worker.
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, handler, context } = workerData;
const module = await import(bundle);
const handle = module[handler];
if (typeof handle !== 'function') throw new Error(`${bundle} exports no function ${handler}.`);

/** Takes an Invocation and resolves to an Outcome; functions.ts declares both. */
const run = async ({ id, event, deadline }) => {
  try {
    const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
    const lambda = { ...context, awsRequestId: id, getRemainingTimeInMillis };
    const result = await handle(JSON.parse(event), lambda);
    return { id, result: JSON.stringify(result ?? null) };
  } catch (error) {
    // Logs the cause, as Lambda does.
    console.error('Invoke Error', error);
    return {
      id,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
};

parentPort.on('message', async (invocation) => parentPort.postMessage(await run(invocation)));
parentPort.postMessage('ready');
