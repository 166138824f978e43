import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { asynchronousHandler } from '../../../../infra/local/compute/asynchronous.ts';
import { type Clock, createClock } from '../../../../infra/local/compute/clock.ts';
import { consumeQueue } from '../../../../infra/local/compute/consumers.ts';
import { noFaults } from '../../../../infra/local/compute/faults.ts';
import { InvocationError, type LocalFunction } from '../../../../infra/local/compute/functions.ts';
import {
  asynchronousQueue,
  openQueues,
  type Queues,
} from '../../../../infra/local/messaging/queues.ts';
import { until } from '../../../support/until.ts';
import { temporaryFolder } from '../fixture-app.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:follower';
const spec = {
  ...{ functionName: 'follower', queue: 'follower (asynchronous)' },
  ...{ retries: 2, onFailureQueue: 'unhandled' },
};
const specs = [
  asynchronousQueue(spec.queue),
  {
    name: 'unhandled',
    arn: 'arn:aws:sqs:us-east-1:0:unhandled',
    visibilityMs: 1,
    delayMs: 0,
    isFifo: false,
  },
];

let folder: ReturnType<typeof temporaryFolder>;
let clock: Clock;
let queues: Queues;
let stops: (() => void)[];
/** What the function was invoked with, and what it does. */
let got: unknown[];
let work: () => Promise<unknown>;
let isStopped: boolean;

const start = (): void => {
  clock = createClock();
  queues = openQueues(`${folder.path}/queues.sqlite`, specs, clock, noFaults);
  isStopped = false;
  const target = {
    spec: { arn },
    isStopped: () => isStopped,
    invoke: async (event: unknown) => {
      got.push(event);
      return work();
    },
  } as unknown as LocalFunction;
  const receiving = { queue: spec.queue, batchSize: 1, windowMs: 0, concurrency: 2 };
  const { stop } = consumeQueue(
    receiving,
    asynchronousHandler(spec, target, queues, clock),
    queues,
  );
  stops = [stop];
};

/** Ends the host as kill -9 does, or as a stop does. */
const end = (): void => {
  for (const stop of stops) stop();
  queues.close();
};

beforeEach(() => {
  folder = temporaryFolder();
  got = [];
  work = async () => null;
  start();
});
afterEach(() => {
  end();
  folder.remove();
});

const send = (): void => queues.send([{ queue: spec.queue, body: '{"detail":{"n":1}}' }]);
const fail = async (): Promise<never> => {
  throw new InvocationError('NotYet: the Views are behind');
};
const minutes = (count: number): void => clock.set(clock.now() + count * 60_000);
const waiting = () => queues.visible(spec.queue);
const tries = (count: number) =>
  until(
    () => got.length === count && queues.status()[spec.queue]?.inFlight === 0,
    (done) => done,
  );

test('a function gets the event itself, once', async () => {
  send();
  await tries(1);
  expect(got).toEqual([{ detail: { n: 1 } }]);
  minutes(10);
  expect(waiting()).toEqual({ count: 0, next: null });
});

test('a failed event is retried after one minute and after two, then told to the destination', async () => {
  work = fail;
  send();
  await tries(1);
  expect((waiting().next ?? 0) - Date.now()).toBeGreaterThan(50_000);
  minutes(1);
  await tries(2);
  // The first minute of two.
  minutes(1);
  expect(waiting().count).toBe(0);
  minutes(1);
  await tries(3);
  await until(
    () => queues.visible('unhandled').count,
    (count) => count === 1,
  );
  const [message] = queues.peek('unhandled', 1);
  expect(JSON.parse(message?.body ?? '')).toMatchObject({
    requestContext: {
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { detail: { n: 1 } },
    responsePayload: { errorType: 'NotYet', errorMessage: 'NotYet: the Views are behind' },
  });
  expect(waiting()).toEqual({ count: 0, next: null });
});

test('a retry that succeeds is the end', async () => {
  work = fail;
  send();
  await tries(1);
  work = async () => null;
  minutes(1);
  await tries(2);
  minutes(10);
  expect(waiting()).toEqual({ count: 0, next: null });
  expect(queues.visible('unhandled').count).toBe(0);
});

test('what the host’s end cut off comes again at the next start, and what waits goes on waiting', async () => {
  work = fail;
  send();
  await tries(1);
  end();
  start();
  expect(waiting().count).toBe(0);
  // Killed during the second attempt.
  work = () => new Promise(() => {});
  minutes(1);
  await until(
    () => got.length,
    (count) => count === 2,
  );
  end();
  work = async () => null;
  start();
  await tries(3);
  expect(waiting()).toEqual({ count: 0, next: null });
});

test('an attempt that fails because the host stops does not count', async () => {
  work = async () => {
    isStopped = true;
    return fail();
  };
  send();
  await until(
    () => isStopped,
    (stopped) => stopped,
  );
  end();
  work = async () => null;
  start();
  await tries(2);
  expect(queues.visible('unhandled').count).toBe(0);
});
