import '../../support/tables.ts';

import { BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { personKey } from '../../../functions/people/people.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { handler, sweep } from '../../../functions/volunteers/sweep.ts';
import { noon } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

const day = 86_400_000;
/** Registered today, a registration may wait for 60 days: until the end of the 60th. */
const last = noon + 60 * day;
const always = () => true;

let town: Awaited<ReturnType<typeof foundTown>>;
let waiting: { readonly id: string; readonly confirmationCode: string };
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  const { body } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1', person: { name: '雷小锋' } },
    token: organiserOf(town.ours),
  });
  waiting = body;
  await deliver(await ledger());
});

const itemsOf = async (id: string): Promise<readonly Record<string, unknown>[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: process.env.PEOPLE_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': personKey(id).pk },
      ConsistentRead: true,
    }),
  );
  return Items;
};
const erased = async () => (await ledger()).filter(({ type }) => type === 'VolunteerErased');

test('what a backup brought back of a person who was erased since is deleted again', async () => {
  const [before] = await itemsOf(waiting.id);
  const notice = { pk: personKey(waiting.id).pk, sk: 'notice#1', kind: 'registered' };
  const link = { pk: 'self#of-the-erased', sk: 'link', volunteerId: waiting.id };
  const calendar = { pk: 'calendar#of-the-erased', sk: 'calendar', volunteerId: waiting.id };
  const salt = { pk: `proof#${waiting.id}`, sk: 'salt', volunteerId: waiting.id };
  const other = { pk: 'self#of-another', sk: 'link', volunteerId: town.volunteerId };
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: waiting.id },
    token: { sub: 'admin', role: 'district-admin' },
  });
  await deliver(await ledger());
  expect(await itemsOf(waiting.id)).toEqual([]);
  for (const Item of [before, notice, link, calendar, salt, other])
    await dynamodb.send(new PutCommand({ TableName: process.env.PEOPLE_TABLE, Item }));
  expect(await sweep(noon + day, always)).toEqual({
    erased: 0,
    deleted: 5,
    cameOfAge: 0,
    complete: true,
  });
  expect(await itemsOf(waiting.id)).toEqual([]);
  const linkOf = async ({ pk, sk }: typeof link) =>
    (await dynamodb.send(new GetCommand({ TableName: process.env.PEOPLE_TABLE, Key: { pk, sk } })))
      .Item;
  const left = await Promise.all([link, calendar, salt, other].map(linkOf));
  expect(left).toEqual([undefined, undefined, undefined, other]);
  // The count of numbers that staff gave in an hour.
  expect(await sweep(noon + 2 * day, always)).toMatchObject({ deleted: 1 });
  expect(await sweep(noon + 2 * day, always)).toMatchObject({ deleted: 0 });
});

describe('a registration that nobody confirmed', () => {
  test('waits for as many days as the district says, and is erased on the next', async () => {
    expect(await sweep(last, always)).toEqual({
      erased: 0,
      // The count of numbers that staff gave in an hour.
      deleted: 1,
      cameOfAge: 0,
      complete: true,
    });
    expect(await itemsOf(waiting.id)).toHaveLength(1);
    expect(await sweep(last + day, always)).toEqual({
      erased: 1,
      deleted: 0,
      cameOfAge: 0,
      complete: true,
    });
    expect(await itemsOf(waiting.id)).toEqual([]);
    const [event] = await erased();
    expect(event).toMatchObject({
      aggregate: { id: waiting.id, version: 2 },
      actor: { role: 'district-admin', id: 'leifeng:retention' },
      recordedAt: new Date(last + day).toISOString(),
      correlationId: 'retention-2025-12-18',
    });
  });

  test('is erased once, though the Views are behind and the night comes again', async () => {
    await sweep(last + day, always);
    expect((await sweep(last + day, always)).erased).toBe(0);
    await deliver(await ledger());
    expect((await sweep(last + 2 * day, always)).erased).toBe(0);
    expect(await erased()).toHaveLength(1);
  });

  test('stays when it was confirmed after the Views were read: the Ledger says so', async () => {
    await must('volunteers', {
      route: 'POST /volunteers/{id}/confirm',
      params: { id: waiting.id },
      body: { code: waiting.confirmationCode, consentVersion: '1' },
      token: { sub: 'feng', role: 'volunteer' },
    });
    expect(await sweep(last + 400 * day, always)).toMatchObject({ erased: 0, complete: true });
    expect(await erased()).toEqual([]);
    expect(await itemsOf(waiting.id)).toHaveLength(1);
  });

  test('others are left alone', async () => {
    await sweep(last + 400 * day, always);
    expect((await erased()).map(({ aggregate }) => aggregate.id)).toEqual([waiting.id]);
  });
});

describe('a minor', () => {
  const register = async (birthDate: string, sub = 'ming', more: object = {}): Promise<string> => {
    const { body } = await must('volunteers', {
      route: 'POST /volunteers',
      body: {
        areaId: 'hongqi',
        consentVersion: '1',
        guardianConsentVersion: 'g1',
        person: {
          name: '小明',
          birthDate,
          guardian: { name: '母亲', phone: '13900139000', relation: 'parent' },
          ...more,
        },
      },
      token: { sub, role: 'volunteer' },
    });
    return body.id;
  };
  const groupOf = async (id: string): Promise<string> => {
    const params = { id };
    const request = { route: 'GET /volunteers/{id}', params, token: { sub: 'ming' } };
    return (await must('volunteers', request)).body.ageGroup;
  };
  const aged = async () => (await ledger()).filter(({ type }) => type === 'AgeGroupChanged');
  const inShanghai = (day: string) => Date.parse(`${day}T04:00:00+08:00`);
  const personItem = async (id: string) => (await itemsOf(id)).find(({ sk }) => sk === 'person');

  test('is of the next age group from the month after the birthday, and then of the one after', async () => {
    const id = await register('2012-05-03');
    expect(await personItem(id)).toMatchObject({ childUntil: '2026-06', minorUntil: '2030-06' });
    expect((await sweep(inShanghai('2026-05-31'), always)).cameOfAge).toBe(0);
    expect(await groupOf(id)).toBe('under-14');
    expect((await sweep(inShanghai('2026-06-01'), always)).cameOfAge).toBe(1);
    expect(await groupOf(id)).toBe('under-18');
    expect((await sweep(inShanghai('2030-05-31'), always)).cameOfAge).toBe(0);
    expect((await sweep(inShanghai('2030-06-01'), always)).cameOfAge).toBe(1);
    expect(await groupOf(id)).toBe('adult');
    const item = await personItem(id);
    expect([item?.childUntil, item?.minorUntil]).toEqual([undefined, undefined]);
    expect(await aged()).toMatchObject([
      {
        actor: { role: 'district-admin', id: 'leifeng:retention' },
        recordedAt: '2026-05-31T20:00:00.000Z',
      },
      { recordedAt: '2030-05-31T20:00:00.000Z' },
    ]);
  });

  test('comes of age once, however many nights were missed or made twice', async () => {
    const id = await register('2012-05-03');
    const late = inShanghai('2031-02-10');
    expect((await sweep(late, always)).cameOfAge).toBe(1);
    expect((await sweep(late, always)).cameOfAge).toBe(0);
    expect(await groupOf(id)).toBe('adult');
    expect(await aged()).toHaveLength(1);
  });

  test('is found again the next night when the event was written and no more', async () => {
    const id = await register('2008-05-03');
    const before = await personItem(id);
    const night = inShanghai('2026-06-01');
    await sweep(night, always);
    await dynamodb.send(new PutCommand({ TableName: process.env.PEOPLE_TABLE, Item: before }));
    expect((await sweep(night + day, always)).cameOfAge).toBe(0);
    expect((await personItem(id))?.minorUntil).toBeUndefined();
    expect(await aged()).toHaveLength(1);
  });

  test('whose birth date was corrected goes by the right one', async () => {
    const id = await register('2008-05-03');
    const correct = (body: object, token: Readonly<Record<string, string>>) =>
      must('volunteers', { route: 'PATCH /volunteers/{id}/person', params: { id }, body, token });
    await correct({ birthDate: '2009-05-03' }, { sub: 'ming', role: 'volunteer' });
    expect((await sweep(inShanghai('2026-06-01'), always)).cameOfAge).toBe(0);
    const staff = organiserOf(town.ours);
    await must('volunteers', {
      route: 'PUT /volunteers/{id}/access-approvals/{readerId}',
      params: { id, readerId: staff.sub },
      body: { until: '2025-10-31' },
      token: admin,
    });
    await correct({ birthDate: '1990-05-03' }, staff);
    expect((await personItem(id))?.minorUntil).toBeUndefined();
    expect((await sweep(inShanghai('2030-06-01'), always)).cameOfAge).toBe(0);
    expect(await groupOf(id)).toBe('adult');
  });

  test('is released to staff on the very birthday, by the sealed birth date', async () => {
    const id = await register('2008-05-03');
    const read = (date: string) =>
      may('volunteers', {
        route: 'GET /volunteers/{id}/person',
        params: { id },
        query: { reason: 'safety' },
        token: organiserOf(town.ours),
        at: inShanghai(date),
      });
    expect((await read('2026-05-02')).body.type).toMatch(/approval-required$/);
    expect((await read('2026-05-03')).status).toBe(200);
  });

  test('who was merged or has left comes of age too; who was erased does not', async () => {
    const merged = await register('2008-05-03', 'ming');
    const erasedId = await register('2008-05-04', 'hong');
    const token = { sub: 'admin', role: 'district-admin' };
    await must('volunteers', {
      route: 'POST /volunteers/{id}/merge',
      params: { id: merged },
      body: { intoId: town.volunteerId, reason: '同一人' },
      token,
    });
    await must('volunteers', {
      route: 'DELETE /volunteers/{id}',
      params: { id: erasedId },
      token,
    });
    expect((await sweep(inShanghai('2026-06-01'), always)).cameOfAge).toBe(1);
    expect((await aged()).map(({ aggregate }) => aggregate.id)).toEqual([merged]);
  });
});

const put = (sk: string, expiresAt: number | undefined) =>
  dynamodb.send(
    new PutCommand({
      TableName: process.env.PEOPLE_TABLE,
      Item: {
        pk: personKey(town.volunteerId).pk,
        sk,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      },
    }),
  );

test('what has expired goes, to the second; what has not, or never does, stays', async () => {
  const second = Math.floor(noon / 1000);
  await put('notice#a', second - 1);
  await put('notice#b', second);
  await put('notice#c', second + 1);
  await put('approval#d', undefined);
  expect(await sweep(noon, always)).toEqual({
    erased: 0,
    deleted: 2,
    cameOfAge: 0,
    complete: true,
  });
  expect((await itemsOf(town.volunteerId)).map(({ sk }) => sk)).toEqual(['approval#d', 'notice#c']);
});

test('without time for all of it, it says so, and the next night goes on', async () => {
  const second = Math.floor(noon / 1000);
  // A page of a scan is a megabyte: three of them.
  const filler = 'x'.repeat(300_000);
  for (let batch = 0; batch < 3; batch += 1)
    await dynamodb.send(
      new BatchWriteCommand({
        RequestItems: {
          [process.env.PEOPLE_TABLE ?? '']: Array.from({ length: 4 }, (_, at) => ({
            PutRequest: {
              Item: { pk: 'person#x', sk: `notice#${batch}-${at}`, filler, expiresAt: second },
            },
          })),
        },
      }),
    );
  const first = await sweep(noon, () => false);
  expect(first.complete).toBe(false);
  expect(first.deleted).toBeGreaterThan(0);
  expect(first.deleted).toBeLessThan(12);
  const rest = await sweep(noon, always);
  expect(rest).toEqual({ erased: 0, deleted: 12 - first.deleted, cameOfAge: 0, complete: true });
});

test('the clock is the schedule’s: without its time nothing is done', async () => {
  const context = { getRemainingTimeInMillis: () => 900_000 } as Context;
  const time = new Date(last + day).toISOString();
  await expect(handler({}, context)).rejects.toThrow();
  expect(await erased()).toEqual([]);
  expect(await handler({ time }, context)).toEqual({
    erased: 1,
    // The count of numbers that staff gave in an hour.
    deleted: 1,
    cameOfAge: 0,
    complete: true,
  });
});
