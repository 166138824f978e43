import '../../support/tables.ts';

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { invoke } from '../../support/invoke.ts';

interface Sent {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time: number;
}

/** An EventBridge that writes down what it is sent and refuses what it is told to. */
let server: Server;
let calls: Sent[][] = [];
let refuse: (entry: Sent, call: number) => boolean;
/** Answers the whole call with this status. */
let status: (call: number) => number;
let relay: typeof import('../../../functions/outbox/relay.ts');

beforeAll(async () => {
  server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk) => {
      raw += chunk;
    });
    request.on('end', () => {
      expect(request.headers['x-amz-target']).toBe('AWSEvents.PutEvents');
      const { Entries } = JSON.parse(raw) as { Entries: Sent[] };
      calls.push(Entries);
      const failed = Entries.map((entry) => refuse(entry, calls.length));
      response.writeHead(status(calls.length), { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify({
          FailedEntryCount: failed.filter(Boolean).length,
          Entries: failed.map((no, at) =>
            no ? { ErrorCode: 'InternalFailure' } : { EventId: `e-${at}` },
          ),
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${port}`,
    BUS_NAME: 'bus-1',
    AWS_MAX_ATTEMPTS: '1',
  });
  relay = await import('../../../functions/outbox/relay.ts');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  calls = [];
  refuse = () => false;
  status = () => 200;
});

/** The row that the ledger's stream shows for an event. */
const recordOf = (
  { aggregate, ...event }: DomainEvent,
  sequence: number,
  eventName: DynamoDBRecord['eventName'] = 'INSERT',
): DynamoDBRecord => ({
  eventName,
  dynamodb: {
    SequenceNumber: String(sequence),
    NewImage: marshall({
      pk: `${aggregate.type}#${aggregate.id}`,
      version: aggregate.version,
      event,
      command: { key: 'k', hash: 'h' },
    }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'],
  },
});
const of = (id: string, version = 1): DomainEvent => {
  const event = exampleOf('HoursLogged');
  return { ...event, aggregate: { ...event.aggregate, id, version } };
};
const run = async (records: readonly DynamoDBRecord[]) => {
  const { batchItemFailures } = await invoke(relay.handler, {
    Records: records,
  } as DynamoDBStreamEvent);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const runAll = (events: readonly DomainEvent[]) =>
  run(events.map((event, at) => recordOf(event, at)));
const named = ({ Detail }: Sent): string => {
  const { id, version } = (JSON.parse(Detail) as DomainEvent).aggregate;
  return `${id}@${version}`;
};
const sent = () => calls.map((entries) => entries.map(named));

test('an event goes out as it was appended, and the command’s key stays in', async () => {
  const event = exampleOf('HoursCorrected');
  expect(await runAll([event])).toEqual([]);
  expect(calls).toHaveLength(1);
  const [[entry]] = calls as [[Sent]];
  expect(entry).toMatchObject({
    EventBusName: 'bus-1',
    Source: 'leifeng.participation',
    DetailType: 'HoursCorrected',
    Time: Date.parse(event.recordedAt) / 1000,
  });
  expect(JSON.parse(entry.Detail)).toEqual(event);
});

test('nothing to send is no call', async () => {
  expect(await run([])).toEqual([]);
  expect(calls).toEqual([]);
});

test.each(['MODIFY', 'REMOVE'] as const)('%s is not an event', async (eventName) => {
  expect(await run([recordOf(of('a'), 1, eventName), recordOf(of('b'), 2)])).toEqual([]);
  expect(sent()).toEqual([['b@1']]);
});

describe('calls', () => {
  test('have ten entries at most', async () => {
    await runAll(Array.from({ length: 25 }, (_, n) => of(`h-${n}`)));
    expect(calls.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  test('never have two of one aggregate', async () => {
    await runAll([of('a', 1), of('b', 1), of('a', 2), of('a', 3), of('b', 2)]);
    expect(sent()).toEqual([['a@1', 'b@1'], ['a@2'], ['a@3', 'b@2']]);
  });

  test('keep the order, whatever comes', async () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(ids, async (order) => {
        calls = [];
        const events = order.map((id, at) => of(id, at + 1));
        expect(await runAll(events)).toEqual([]);
        expect(sent().flat()).toEqual(
          events.map(({ aggregate: { id, version } }) => `${id}@${version}`),
        );
        for (const call of sent())
          expect(new Set(call.map((name) => name.split('@')[0])).size).toBe(call.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what EventBridge does not take', () => {
  test('is sent again, and only that', async () => {
    refuse = (entry, call) => call === 1 && named(entry) === 'b@1';
    expect(await runAll([of('a'), of('b'), of('c')])).toEqual([]);
    expect(sent()).toEqual([['a@1', 'b@1', 'c@1'], ['b@1']]);
  });

  test('is not overtaken by the next of its aggregate', async () => {
    refuse = (_, call) => call === 1;
    expect(await runAll([of('a', 1), of('a', 2)])).toEqual([]);
    expect(sent()).toEqual([['a@1'], ['a@1'], ['a@2']]);
  });

  test('three times is where it stops, at the first that will not go', async () => {
    refuse = (entry) => ['b@1', 'c@1'].includes(named(entry));
    const failed = await run([
      recordOf(of('a'), 100),
      recordOf(of('b'), 101),
      recordOf(of('c'), 102),
      recordOf(of('a', 2), 103),
    ]);
    expect(failed).toEqual(['101']);
    expect(sent()).toEqual([
      ['a@1', 'b@1', 'c@1'],
      ['b@1', 'c@1'],
      ['b@1', 'c@1'],
    ]);
  });

  test('goes when the stream comes back to it', async () => {
    refuse = (entry) => named(entry) === 'b@1';
    const records = [recordOf(of('a'), 100), recordOf(of('b'), 101), recordOf(of('c'), 102)];
    expect(await run(records)).toEqual(['101']);
    refuse = () => false;
    expect(await run(records.slice(1))).toEqual([]);
    expect(new Set(sent().flat())).toEqual(new Set(['a@1', 'b@1', 'c@1']));
  });

  test.each([400, 500])('as a whole (%i) stops at the first of the call', async (code) => {
    status = (call) => (call === 1 ? 200 : code);
    const events = Array.from({ length: 12 }, (_, n) => of(`h-${n}`));
    expect(await runAll(events)).toEqual(['10']);
  });

  test('at the first call that fails nothing after is sent', async () => {
    status = () => 500;
    const events = Array.from({ length: 25 }, (_, n) => of(`h-${n}`));
    expect(await runAll(events)).toEqual(['0']);
    expect(sent().flat()).not.toContain('h-10@1');
  });
});
