import { afterAll, expect, test } from '@jest/globals';
import { compilePattern } from '../../../../infra/local/assembly/pattern.ts';
import { createClock } from '../../../../infra/local/compute/clock.ts';
import { createBus } from '../../../../infra/local/messaging/bus.ts';
import { openQueues } from '../../../../infra/local/messaging/queues.ts';
import { createChaos } from '../../../../infra/local/trial/chaos.ts';
import { temporaryFolder } from '../fixture-app.ts';

const folder = temporaryFolder();
const clock = createClock();
const chaos = createChaos();
const queue = (name: string) => ({
  name,
  arn: `arn:aws:sqs:r:0:${name}`,
  visibilityMs: 1,
  delayMs: 0,
  isFifo: false,
});
const queues = openQueues(`${folder.path}/q`, [queue('a'), queue('b')], clock, chaos);
afterAll(() => {
  queues.close();
  folder.remove();
});

const put = createBus(
  {
    region: 'us-east-1',
    account: '000000000000',
    buses: ['main'],
    rules: [
      { bus: 'main', matches: compilePattern({ source: ['one'] }), queues: ['a'] },
      { bus: 'main', matches: compilePattern({ source: ['one', 'two'] }), queues: ['b'] },
      { bus: 'other', matches: () => true, queues: ['a'] },
    ],
  },
  queues,
  clock,
  chaos,
);

const entry = (Source: string) => ({
  Source,
  DetailType: 'Happened',
  Detail: '{"n":1}',
  EventBusName: 'main',
});
const take = (name: string) => {
  const messages = queues.receive(name, 100);
  queues.succeed(name, messages);
  return messages.map(({ body }) => JSON.parse(body));
};

test('an event reaches every queue whose rule matches, before PutEvents answers', () => {
  clock.set(Date.parse('2025-04-12T02:00:00Z'));
  const { FailedEntryCount, Entries } = put([entry('one'), entry('two'), entry('three')]);
  expect(FailedEntryCount).toBe(0);
  expect(Entries).toHaveLength(3);
  expect(take('a')).toMatchObject([
    {
      version: '0',
      source: 'one',
      'detail-type': 'Happened',
      detail: { n: 1 },
      time: '2025-04-12T02:00:00Z',
      account: '000000000000',
    },
  ]);
  expect(take('b').map(({ source }) => source)).toEqual(['one', 'two']);
  clock.set(null);
});

test.each([
  ['no source', { ...entry('one'), Source: '' }, 'InvalidArgument'],
  ['no detail type', { ...entry('one'), DetailType: '' }, 'InvalidArgument'],
  ['an unknown bus', { ...entry('one'), EventBusName: 'nowhere' }, 'InvalidArgument'],
  ['detail that is no JSON', { ...entry('one'), Detail: '{' }, 'MalformedDetail'],
  ['detail that is no object', { ...entry('one'), Detail: '1' }, 'MalformedDetail'],
])('an entry with %s fails alone', (_, bad, ErrorCode) => {
  const { FailedEntryCount, Entries } = put([bad, entry('two')]);
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toMatchObject([{ ErrorCode }, { EventId: expect.any(String) }]);
  expect(take('b')).toHaveLength(1);
  expect(take('a')).toHaveLength(0);
});

test('more than ten entries, none, or too many bytes are refused as a whole', () => {
  expect(() => put(Array.from({ length: 11 }, () => entry('one')))).toThrow(RangeError);
  expect(() => put([])).toThrow(RangeError);
  const big = { ...entry('one'), Detail: JSON.stringify({ x: 'x'.repeat(260_000) }) };
  expect(() => put([big])).not.toThrow();
  const tooBig = { ...entry('one'), Detail: JSON.stringify({ x: 'x'.repeat(263_000) }) };
  expect(() => put([tooBig])).toThrow(RangeError);
  expect(take('a')).toHaveLength(1);
});

test('chaos: an entry that fails is not delivered', () => {
  take('b');
  chaos.set({ failEntries: 1 });
  expect(put([entry('two')])).toMatchObject({ FailedEntryCount: 1 });
  chaos.set({});
  expect(take('b')).toEqual([]);
});
