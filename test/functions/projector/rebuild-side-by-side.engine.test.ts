import '../../support/tables.ts';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { readGenerations } from '../../../functions/views/generations.ts';
import { awsError } from '../../support/aws-error.ts';
import { activity, eventOf, hours, idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

const areas = 6;
const areaOf = (n: number) => `area-${n % areas}`;

/** A verified activity; all of them with the same partner, wherever they are. */
const activityEvent = (n: number): DomainEvent => {
  const state = { ...activity, areaId: areaOf(n), status: 'verified' as const };
  const data = { activity: { ...state, partnerIds: [idOf('a', 1)] } };
  return eventOf({ type: 'ActivityVerified', data }, { id: idOf('b', n) });
};

/** A verified entry of somebody who helps in one area only. */
const hoursEvent = (n: number): DomainEvent => {
  const state = { ...hours, status: 'verified' as const, areaId: areaOf(n) };
  const people = { volunteerId: idOf('c', n % 24), activityId: idOf('b', n % 48) };
  const data = { hours: { ...state, ...people, verifiedBy: 'verifier-1' } };
  return eventOf({ type: 'HoursVerified', data }, { id: idOf('d', n) });
};

const append = async (count: number): Promise<void> => {
  const all = Array.from({ length: count }, (_, n) => n);
  for (const { aggregate, ...event } of [
    ...all.filter((n) => n < 48).map(activityEvent),
    ...all.map(hoursEvent),
  ])
    await dynamodb.send(
      new PutCommand({
        TableName: process.env.LEDGER_TABLE,
        Item: { pk: `${aggregate.type}#${aggregate.id}`, version: aggregate.version, event },
      }),
    );
};

type Send = (command: object) => Promise<unknown>;

/** Watches the transactions: how many are on their way, at most at once, and were refused. */
const watchTransactions = (before: (call: number) => void = () => undefined) => {
  const send = dynamodb.send.bind(dynamodb) as Send;
  const seen = { calls: 0, now: 0, most: 0, refused: 0 };
  jest.spyOn(dynamodb as unknown as { send: Send }, 'send').mockImplementation(async (command) => {
    if (!(command instanceof TransactWriteCommand)) return send(command);
    seen.calls += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    try {
      before(seen.calls);
      return await send(command);
    } catch (error) {
      seen.refused += 1;
      throw error;
    } finally {
      seen.now -= 1;
    }
  });
  return seen;
};

test('several transactions are on their way at once, and none is in the way of another', async () => {
  await append(240);
  const seen = watchTransactions();
  expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched', drift: [] });
  expect(seen.most).toBeGreaterThan(1);
  expect(seen.refused).toBe(0);
});

test('when one fails the others are done before the rebuild says so, and it can be called again', async () => {
  await append(120);
  const seen = watchTransactions((call) => {
    if (call === 6) throw awsError('InternalServerError');
  });
  await expect(rebuild(() => true, { waitMs: 1 })).rejects.toThrow('InternalServerError');
  expect(seen.now).toBe(0);
  expect((await readGenerations()).live).toBe(1);
  expect(await rebuild(() => true, { waitMs: 1 })).toMatchObject({ state: 'switched' });
  expect(await reconcile(2, 1)).toEqual([]);
});
