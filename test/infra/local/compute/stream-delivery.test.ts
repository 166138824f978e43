import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from '@jest/globals';
import { compilePattern } from '../../../../infra/local/assembly/pattern.ts';
import type { LocalFunction } from '../../../../infra/local/compute/functions.ts';
import { createDelivery } from '../../../../infra/local/compute/stream-delivery.ts';
import { createChaos } from '../../../../infra/local/trial/chaos.ts';

interface Event {
  Records: { dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } }[];
}

const record = (sequence: number, eventName: 'INSERT' | 'REMOVE' = 'INSERT'): _Record => ({
  eventID: `e${sequence}`,
  eventName,
  dynamodb: { SequenceNumber: String(sequence), ApproximateCreationDateTime: new Date(1e12) },
});

const run = async (
  handle: (sequences: string[], event: Event) => unknown,
  options: { bisect?: boolean; maxRetries?: number; reportsFailures?: boolean } = {},
  records = [1, 2, 3, 4].map((sequence) => record(sequence)),
) => {
  const calls: string[] = [];
  const reached: string[] = [];
  const dead: { queue: string; body: string }[] = [];
  const target = {
    spec: { arn: 'arn:aws:lambda:f' },
    invoke: async (event: unknown) => {
      const sequences = (event as Event).Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      calls.push(sequences.join(''));
      return handle(sequences, event as Event);
    },
  } as unknown as LocalFunction;
  const delivery = createDelivery(
    {
      table: 't',
      streamArn: 'arn:aws:dynamodb:us-east-1:0:table/t/stream/local',
      functionName: 'f',
      batchSize: 10,
      windowMs: 0,
      bisect: false,
      maxRetries: 1,
      reportsFailures: true,
      onFailureQueue: 'dead',
      matches: compilePattern({ eventName: ['INSERT'] }),
      ...options,
    },
    target,
    (queue, body) => dead.push({ queue, body }),
    createChaos(),
  );
  const note = (sequence: string) => void reached.push(sequence);
  await delivery.deliver({ records, shardId: 's' }, note, () => false, 5000);
  return { calls, reached, dead, delivery };
};

test('hands a batch over once and says how far it came', async () => {
  const { calls, reached } = await run(() => ({ batchItemFailures: [] }));
  expect(calls).toEqual(['1234']);
  expect(reached.at(-1)).toBe('4');
});

test('resumes at the reported record, not before and not after', async () => {
  let first = true;
  const { calls, reached } = await run(() => {
    const failures = first ? [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] : [];
    first = false;
    return { batchItemFailures: failures };
  });
  expect(calls).toEqual(['1234', '34']);
  expect(reached[0]).toBe('2');
});

test('bisects a batch that throws until the bad record is alone, then gives only it up', async () => {
  const { calls, dead, reached } = await run(
    (sequences) => {
      if (sequences.includes('3')) throw new Error('poison');
    },
    { bisect: true },
  );
  expect(calls).toEqual(['1234', '12', '34', '3', '3', '4']);
  expect(dead).toHaveLength(1);
  expect(JSON.parse(dead[0]?.body ?? '').DDBStreamBatchInfo).toMatchObject({
    startSequenceNumber: '3',
    endSequenceNumber: '3',
    batchSize: 1,
  });
  expect(reached.at(-1)).toBe('4');
});

test('never passes a failing record while retries are left', async () => {
  let calls = 0;
  const { reached, dead } = await run(
    () => {
      calls += 1;
      if (calls < 4) throw new Error('not yet');
    },
    { maxRetries: -1 },
  );
  expect(calls).toBe(4);
  expect(dead).toEqual([]);
  expect(reached[0]).toBe('4');
});

test('an id that is not in the batch fails the whole batch', async () => {
  let first = true;
  const { calls } = await run(() => {
    const answer = first ? { batchItemFailures: [{ itemIdentifier: '9' }] } : null;
    first = false;
    return answer;
  });
  expect(calls).toEqual(['1234', '1234']);
});

test('passes over what the filter leaves out, and moves times to the host clock', async () => {
  const times: number[] = [];
  const { calls, reached } = await run(
    (_, event) => {
      times.push(...event.Records.map(({ dynamodb }) => dynamodb.ApproximateCreationDateTime));
    },
    {},
    [record(1), record(2, 'REMOVE'), record(3), record(4, 'REMOVE')],
  );
  expect(calls).toEqual(['13']);
  expect(reached.at(-1)).toBe('4');
  expect(times).toEqual([1e9 + 5, 1e9 + 5]);
});

test('tells the on-failure queue of records that the stream may have lost', async () => {
  const { dead, delivery } = await run(() => null);
  const since = new Date('2026-03-01T00:00:00Z');
  delivery.reportMissed(since);
  expect(dead).toHaveLength(1);
  expect(JSON.parse(dead[0]?.body ?? '')).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded' },
    DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: since.toISOString() },
  });
});
