import { beforeEach, expect, jest, test } from '@jest/globals';
import '../../support/tables.ts';
import { DeleteCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { deleteOldGenerations } from '../../../functions/projector/delete-old-generations.ts';
import { handler as project } from '../../../functions/projector/projector.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { readGenerations } from '../../../functions/views/generations.ts';
import { invoke } from '../../support/invoke.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const always = () => true;
/** The pointer when nothing is being made. */
const read = (live: number) => ({ live, loading: null, building: null, newest: live });
const live = async () => (await readGenerations()).live;

const idOf = (kind: string, n: number) =>
  `0198c0de-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`;

const hoursEvent = (n: number, version: number): DomainEvent<'HoursLogged' | 'HoursVerified'> => {
  const event = exampleOf(version === 1 ? 'HoursLogged' : 'HoursVerified');
  return {
    ...event,
    aggregate: { ...event.aggregate, id: idOf('d', n), version },
    data: {
      hours: {
        ...(event as DomainEvent<'HoursLogged'>).data.hours,
        volunteerId: idOf('c', n % 7),
        areaId: `area-${n % 3}`,
        serviceDate: `2025-${n % 2 === 0 ? '04' : '05'}-12`,
        creditedMinutes: 60 + n,
      },
    },
  } as DomainEvent<'HoursLogged' | 'HoursVerified'>;
};

const append = ({ aggregate, ...event }: DomainEvent) =>
  dynamodb.send(
    new PutCommand({
      TableName: process.env.LEDGER_TABLE,
      Item: { pk: `${aggregate.type}#${aggregate.id}`, version: aggregate.version, event },
    }),
  );

const deliver = async (...events: readonly DomainEvent[]) => {
  const records = events.map((detail, index) => ({
    messageId: String(index),
    body: JSON.stringify({ detail }),
  }));
  const { batchItemFailures } = await invoke(project, { Records: records } as never);
  expect(batchItemFailures).toEqual([]);
};

/** Thirty entries, two thirds of them verified; taken in by the projector if `delivered`. */
const season = async (delivered: boolean) => {
  const events = Array.from({ length: 30 }, (_, n) => n).flatMap((n) =>
    n % 3 === 0 ? [hoursEvent(n, 1)] : [hoursEvent(n, 1), hoursEvent(n, 2)],
  );
  for (const event of events) await append(event);
  if (delivered) await deliver(...events);
};

const strange = { pk: 'totals#2024', sk: '2024-12#area-1#FREE_CLINIC' };

const damage = () =>
  dynamodb.send(
    new UpdateCommand({
      TableName: process.env.VIEWS_TABLE,
      Key: { pk: 'totals#2025', sk: '2025-04#area-1#FREE_CLINIC' },
      UpdateExpression: 'ADD #s :one',
      ExpressionAttributeNames: { '#s': 'sum:creditedMinutes' },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );

test('what the projector made has no drift', async () => {
  await season(true);
  expect(await reconcile(await live(), 1)).toEqual([]);
});

test('a total that is off by one is found, with what it should be', async () => {
  await season(true);
  await damage();
  const drift = await reconcile(await live(), 1);
  expect(drift).toHaveLength(1);
  expect(drift[0]).toMatchObject({
    cell: 'totals#2025|2025-04#area-1#FREE_CLINIC',
    measure: 'creditedMinutes',
  });
  expect((drift[0]?.actual.sum ?? 0) - (drift[0]?.expected.sum ?? 0)).toBe(1);
});

test('a total that nothing in the Ledger explains is found, and one that is lost', async () => {
  await season(true);
  await dynamodb.send(
    new PutCommand({
      TableName: process.env.VIEWS_TABLE,
      Item: { ...strange, 'sum:participations': 3, 'lines:participations': 3 },
    }),
  );
  await dynamodb.send(
    new DeleteCommand({
      TableName: process.env.VIEWS_TABLE,
      Key: { pk: 'totals#2025#year', sk: '2025#area-1#FREE_CLINIC' },
    }),
  );
  const cells = new Set((await reconcile(await live(), 1)).map(({ cell }) => cell));
  expect([...cells].sort()).toEqual([
    'totals#2024|2024-12#area-1#FREE_CLINIC',
    'totals#2025#year|2025#area-1#FREE_CLINIC',
  ]);
});

test('a rebuild makes from the Ledger what was lost or wrong, and is read from then on', async () => {
  await season(true);
  await damage();
  const report = await rebuild(always, { waitMs: 1 });
  expect(report).toMatchObject({
    ...{ state: 'switched', generation: 2, drift: [] },
    loaded: { done: 8, of: 8, items: 30 },
    counted: { done: 8, of: 8 },
  });
  expect(await readGenerations()).toEqual(read(2));
  expect(await reconcile(2, 1)).toEqual([]);
});

test('interrupted at every page and called again, it comes to the same', async () => {
  await season(true);
  for (let calls = 1; ; calls += 1) {
    let pages = 2;
    const report = await rebuild(() => pages-- > 0, { waitMs: 1 });
    if (report.state !== 'building') {
      expect(report).toMatchObject({ state: 'switched', generation: 2, loaded: { items: 30 } });
      expect(calls).toBeGreaterThan(3);
      break;
    }
    expect(await live()).toBe(1);
  }
  expect(await reconcile(2, 1)).toEqual([]);
});

test('the old generation goes when it is discarded, and nothing else', async () => {
  await season(true);
  expect(await deleteOldGenerations(always, 0)).toEqual({ done: true, deleted: 0 });
  await rebuild(always, { waitMs: 1 });
  expect(await deleteOldGenerations(() => false, 0)).toEqual({ done: false, deleted: 0 });
  const { done, deleted } = await deleteOldGenerations(always, 0);
  expect(done).toBe(true);
  expect(deleted).toBeGreaterThan(50);
  expect(await deleteOldGenerations(always, 0)).toEqual({ done: true, deleted: 0 });
  expect(await readGenerations()).toEqual(read(2));
  expect(await reconcile(2, 1)).toEqual([]);
  expect((await reconcile(1, 1)).length).toBeGreaterThan(0);
});

test('a generation that is begun while old ones are discarded stays whole', async () => {
  await season(true);
  await rebuild(always, { waitMs: 1 });
  const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<object>;
  let begun = false;
  const between = jest.spyOn(dynamodb, 'send').mockImplementation((async (command: object) => {
    if (!begun && command instanceof ScanCommand) {
      begun = true;
      await rebuild(always, { waitMs: 1 });
    }
    return send(command);
  }) as never);
  await deleteOldGenerations(always, 0);
  between.mockRestore();
  expect(await live()).toBe(3);
  expect(await reconcile(3, 1)).toEqual([]);
});

test('two at once do one rebuild', async () => {
  await season(false);
  const reports = await Promise.allSettled([
    rebuild(always, { waitMs: 1 }),
    rebuild(always, { waitMs: 1 }),
  ]);
  expect(reports.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  expect(await readGenerations()).toEqual(read(2));
  expect(await reconcile(2, 1)).toEqual([]);
});

test('what happens while it builds is in both generations, and nothing is missing after', async () => {
  await season(true);
  let pages = 3;
  expect((await rebuild(() => pages-- > 0, { waitMs: 1 })).state).toBe('building');
  const late = [hoursEvent(0, 2), hoursEvent(40, 1), hoursEvent(40, 2)];
  for (const event of late) await append(event);
  await deliver(...late);
  expect(await reconcile(1, 1)).toEqual([]);
  expect(await rebuild(always, { waitMs: 1 })).toMatchObject({ state: 'switched', generation: 2 });
  expect(await reconcile(2, 1)).toEqual([]);
  const later = [hoursEvent(41, 1)];
  for (const event of later) await append(event);
  await deliver(...later);
  expect(await reconcile(2, 1)).toEqual([]);
});

test('a generation that is not what the Ledger says is not switched to', async () => {
  await season(true);
  let pages = 2;
  expect((await rebuild(() => pages-- > 0, { waitMs: 1 })).state).toBe('building');
  await dynamodb.send(
    new PutCommand({
      TableName: process.env.VIEWS_TABLE,
      Item: {
        ...strange,
        pk: `2~${strange.pk}`,
        'sum:participations': 3,
        'lines:participations': 3,
      },
    }),
  );
  const report = await rebuild(always, { waitMs: 1 });
  expect(report).toMatchObject({ state: 'drift', generation: 2 });
  expect(report.drift).toHaveLength(1);
  expect(await live()).toBe(1);
  expect(await rebuild(always, { waitMs: 1, restart: true })).toMatchObject({
    state: 'switched',
    generation: 3,
  });
});
