import { afterEach, expect, test } from '@jest/globals';
import { type Clock, createClock } from '../../../../infra/local/compute/clock.ts';
import { batchHandler, consumeQueue } from '../../../../infra/local/compute/consumers.ts';
import { failedItems } from '../../../../infra/local/compute/failed-items.ts';
import type { LocalFunction } from '../../../../infra/local/compute/functions.ts';
import { openQueues, type Queues } from '../../../../infra/local/messaging/queues.ts';
import { type Chaos, createChaos } from '../../../../infra/local/trial/chaos.ts';
import { until } from '../../../support/until.ts';
import { temporaryFolder } from '../fixture-app.ts';

const specs = [
  {
    name: 'inbox',
    arn: 'arn:aws:sqs:us-east-1:000000000000:inbox',
    visibilityMs: 1,
    delayMs: 0,
    isFifo: false,
    redrive: { queue: 'dead', maxReceiveCount: 3 },
  },
  {
    name: 'dead',
    arn: 'arn:aws:sqs:us-east-1:000000000000:dead',
    visibilityMs: 1,
    delayMs: 0,
    isFifo: false,
  },
  {
    name: 'later',
    arn: 'arn:aws:sqs:us-east-1:000000000000:later',
    visibilityMs: 1,
    delayMs: 600_000,
    isFifo: false,
  },
  {
    name: 'ordered',
    arn: 'arn:aws:sqs:us-east-1:000000000000:ordered',
    visibilityMs: 1,
    delayMs: 0,
    isFifo: true,
  },
];

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const openIn = (folder: string, chaos: Chaos = createChaos(), clock = createClock()): Queues =>
  openQueues(`${folder}/queues.sqlite`, specs, clock, chaos);

const newQueues = (chaos?: Chaos, clock?: Clock): Queues => {
  const folder = temporaryFolder();
  const queues = openIn(folder.path, chaos, clock);
  cleanups.push(folder.remove, () => queues.close());
  return queues;
};

const send = (queues: Queues, ...bodies: string[]): void =>
  queues.send(bodies.map((body) => ({ queue: 'inbox', body })));

interface Event {
  Records: { messageId: string; body: string; attributes: Record<string, string> }[];
}

const consume = (
  queues: Queues,
  handle: (event: Event) => unknown,
  options: { queue?: string; batchSize?: number; reportsFailures?: boolean } = {},
): void => {
  const target = { invoke: async (event: unknown) => handle(event as Event) };
  const spec = {
    queue: 'inbox',
    functionName: 'f',
    batchSize: 10,
    windowMs: 0,
    reportsFailures: true,
    concurrency: 1,
    ...options,
  };
  const consumer = consumeQueue(spec, batchHandler(spec, target as LocalFunction, queues), queues);
  cleanups.push(consumer.stop);
};

const rest = (queues: Queues) => queues.status().inbox;
const untilEmpty = async (queues: Queues): Promise<void> => {
  await until(
    () => rest(queues),
    (left) => left?.visible === 0 && left.inFlight === 0,
  );
};

test('a handled message is gone', async () => {
  const queues = newQueues();
  const seen: string[] = [];
  consume(queues, ({ Records }) => {
    seen.push(...Records.map(({ body }) => body));
  });
  send(queues, 'a', 'b');
  await untilEmpty(queues);
  expect(seen).toEqual(['a', 'b']);
  expect(rest(queues)?.dead).toBe(0);
});

test('only the reported message comes again, then goes to the dead-letter queue', async () => {
  const queues = newQueues();
  const seen: string[] = [];
  consume(queues, ({ Records }) => {
    seen.push(...Records.map(({ body, attributes }) => body + attributes.ApproximateReceiveCount));
    const bad = Records.filter(({ body }) => body === 'bad');
    return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  send(queues, 'good', 'bad');
  await until(
    () => rest(queues)?.dead,
    (dead) => dead === 1,
  );
  expect(seen).toEqual(['good1', 'bad1', 'bad2', 'bad3']);
});

test('a throw returns the whole batch', async () => {
  const queues = newQueues();
  let calls = 0;
  const seen: string[] = [];
  consume(queues, ({ Records }) => {
    calls += 1;
    if (calls === 1) throw new Error('first time');
    seen.push(...Records.map(({ body }) => body));
  });
  send(queues, 'a', 'b');
  await until(
    () => seen.length,
    (count) => count === 2,
  );
  expect(seen.sort()).toEqual(['a', 'b']);
  await untilEmpty(queues);
});

test('a report is ignored when the mapping does not ask for reports', async () => {
  const queues = newQueues();
  consume(queues, () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), {
    reportsFailures: false,
  });
  send(queues, 'a');
  await untilEmpty(queues);
  expect(rest(queues)?.dead).toBe(0);
});

test.each([
  ['nothing', null, []],
  ['no failures', { batchItemFailures: [] }, []],
  ['one id', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
  ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'z' }] }, ['a', 'b']],
  ['no id', { batchItemFailures: [{}] }, ['a', 'b']],
  ['something else', { batchItemFailures: 'b' }, ['a', 'b']],
])('an answer with %s', (_, answer, expected) => {
  expect([...failedItems(answer, ['a', 'b'])]).toEqual(expected);
});

test('messages survive a restart, also those that were in flight', () => {
  const folder = temporaryFolder();
  cleanups.push(folder.remove);
  const before = openIn(folder.path);
  send(before, 'waiting', 'in flight');
  expect(before.receive('inbox', 1)).toHaveLength(1);
  before.close();
  const after = openIn(folder.path);
  cleanups.push(() => after.close());
  expect(after.receive('inbox', 10).map(({ body }) => body)).toEqual(['waiting', 'in flight']);
});

test('a delay passes with the host’s clock, whole and no longer, and is waiting until then', () => {
  const clock = createClock();
  const queues = newQueues(undefined, clock);
  const start = Date.now();
  queues.send([{ queue: 'later', body: 'a' }]);
  const bodies = () => queues.receive('later', 10).map(({ body }) => body);
  expect(bodies()).toEqual([]);
  expect(queues.status().later).toMatchObject({ visible: 1, inFlight: 0 });
  expect(queues.visible('later').count).toBe(0);
  // Nothing is cut off where the clock is set back, and what is set forward counts.
  clock.set(start - 86_400_000);
  expect(bodies()).toEqual([]);
  clock.set(clock.now() + 590_000);
  expect(bodies()).toEqual([]);
  clock.set(clock.now() + 11_000);
  expect(bodies()).toEqual(['a']);
});

test('a delay is not over with the host that began it', () => {
  const folder = temporaryFolder();
  cleanups.push(folder.remove);
  const before = openIn(folder.path);
  before.send([{ queue: 'later', body: 'a' }]);
  before.close();
  const after = openIn(folder.path);
  cleanups.push(() => after.close());
  expect(after.receive('later', 10)).toEqual([]);
  expect(after.visible('later').next).toBeGreaterThan(Date.now() + 500_000);
});

test('a consumer gets what is delayed as soon as the clock is set beyond it', async () => {
  const clock = createClock();
  const queues = newQueues(undefined, clock);
  const seen: string[] = [];
  consume(queues, ({ Records }) => void seen.push(...Records.map(({ body }) => body)), {
    queue: 'later',
  });
  queues.send([{ queue: 'later', body: 'a' }]);
  clock.set(Date.now() + 601_000);
  await until(
    () => seen.length,
    (count) => count === 1,
  );
});

test('a second host is kept off the folder', () => {
  const folder = temporaryFolder();
  const first = openIn(folder.path);
  cleanups.push(folder.remove, () => first.close());
  expect(() => openIn(folder.path)).toThrow(/Another local host is using the folder/);
});

test('a borrowed message is seen by nobody else, until it is given back or deleted', () => {
  const queues = newQueues();
  send(queues, 'a', 'b');
  const [first, second] = queues.borrow('inbox', 10, 60_000);
  expect([first?.body, second?.body, first?.receiveCount]).toEqual(['a', 'b', 1]);
  expect(queues.receive('inbox', 10)).toEqual([]);
  queues.giveBack('inbox', first?.id ?? 0, 0);
  queues.remove(second?.id ?? 0);
  expect(queues.receive('inbox', 10).map(({ body }) => body)).toEqual(['a']);
});

test('chaos: a duplicate is delivered again', async () => {
  const chaos = createChaos();
  chaos.set({ duplicate: 1 });
  const queues = newQueues(chaos);
  let seen = 0;
  consume(queues, () => {
    seen += 1;
    if (seen === 3) chaos.set({});
  });
  send(queues, 'a');
  await untilEmpty(queues);
  expect(seen).toBe(3);
});

test('chaos: shuffled messages come in another order, and all of them', () => {
  const chaos = createChaos();
  chaos.set({ shuffle: true, seed: 7 });
  const queues = newQueues(chaos);
  const bodies = Array.from({ length: 20 }, (_, index) => String(index));
  send(queues, ...bodies);
  const received = queues.receive('inbox', 20).map(({ body }) => body);
  expect(received).not.toEqual(bodies);
  expect(received.sort()).toEqual([...bodies].sort());
});

test('chaos: only the queues that are named are late', () => {
  const chaos = createChaos();
  chaos.set({ delay: 1e12, delayed: 'dea' });
  const queues = newQueues(chaos);
  queues.send(['inbox', 'dead'].map((queue) => ({ queue, body: queue })));
  expect(queues.receive('inbox', 10)).toHaveLength(1);
  expect(queues.receive('dead', 10)).toHaveLength(0);
});

test('chaos: unknown switches and impossible values are refused', () => {
  const chaos = createChaos();
  expect(() => chaos.set({ explode: 1 })).toThrow(/no chaos switch "explode"/);
  expect(() => chaos.set({ duplicate: 2 })).toThrow(/cannot be 2/);
  expect(chaos.settings().duplicate).toBe(0);
});

const sendTo = (queues: Queues, groupId: string, ...bodies: string[]): void =>
  queues.send(
    bodies.map((body) => ({
      queue: 'ordered',
      body,
      groupId,
      deduplicationId: `${groupId}${body}`,
    })),
  );
const bodiesOf = (queues: Queues): string[] =>
  queues.receive('ordered', 10).map(({ body }) => body);

test('of a group in a FIFO queue one message is in flight, and the next comes once it is settled', () => {
  const queues = newQueues();
  sendTo(queues, 'a', 'a1', 'a2');
  sendTo(queues, 'b', 'b1');
  expect(queues.visible('ordered').count).toBe(2);
  const taken = queues.receive('ordered', 10);
  expect(taken.map(({ body }) => body)).toEqual(['a1', 'b1']);
  expect(bodiesOf(queues)).toEqual([]);
  queues.succeed('ordered', taken.slice(0, 1));
  expect(bodiesOf(queues)).toEqual(['a2']);
});

test('a message of a FIFO queue that was put off holds up its own group only', async () => {
  const queues = newQueues();
  sendTo(queues, 'a', 'a1', 'a2');
  const [first] = queues.receive('ordered', 1);
  if (!first) throw new Error('nothing was received');
  queues.postpone(first.id, 60_000);
  // It stays with its function until that has failed.
  expect(queues.status().ordered).toMatchObject({ inFlight: 1 });
  queues.fail('ordered', [first]);
  sendTo(queues, 'b', 'b1');
  expect(bodiesOf(queues)).toEqual(['b1']);
  const [again] = queues.receive('ordered', 1);
  expect(again).toBeUndefined();
  queues.postpone(first.id, -1);
  const [second] = queues.receive('ordered', 1);
  expect(second).toMatchObject({
    ...{ body: 'a1', receiveCount: 2, firstReceivedAt: first.firstReceivedAt },
  });
});

test('a FIFO queue drops what it was sent before, and takes nothing without its ids', () => {
  const queues = newQueues();
  sendTo(queues, 'a', '1');
  sendTo(queues, 'a', '1');
  expect(queues.status().ordered).toMatchObject({ visible: 1 });
  expect(() => queues.send([{ queue: 'ordered', body: '2' }])).toThrow(RangeError);
  const asOrdered = { body: '2', groupId: 'a', deduplicationId: '2' };
  expect(() => queues.send([{ queue: 'inbox', ...asOrdered }])).toThrow(RangeError);
});
