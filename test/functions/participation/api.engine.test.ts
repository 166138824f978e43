import '../../support/tables.ts';

import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readDashboard } from '../../../functions/dashboards/read-dashboard.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { type Ask, noon } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
let entry: Record<string, unknown>;
let log: Ask;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  entry = {
    activityId: town.activityId,
    volunteerId: town.volunteerId,
    serviceDate: '2025-10-18',
    attendedMinutes: 190,
    creditedMinutes: 180,
    origin: 'leader-roll',
  };
  log = { route: 'POST /hours', body: entry, token: organiserOf(town.ours), key: 'log-1' };
});

const change = (action: string, id: string, more: Partial<Ask>): Ask => ({
  route: `POST /hours/{id}/${action}`,
  params: { id },
  ...more,
});
const hoursEvents = async () =>
  (await ledger()).flatMap(({ type }) => (type.startsWith('Hours') ? [type] : []));

describe('log', () => {
  test('an entry waits, carries where and what, and has version 1', async () => {
    const { body, headers, status } = await must('participation', log);
    expect(status).toBe(201);
    expect(headers.etag).toBe('"1"');
    expect(body).toEqual({
      ...entry,
      id: expect.any(String),
      organisationId: town.ours,
      areaId: 'hongqi',
      theme: 'FREE_CLINIC',
      tags: ['party-member'],
      status: 'pending',
      enteredBy: ['organiser'],
      verifiedBy: null,
      objected: false,
      version: 1,
    });
  });

  test('as many minutes are credited as attended, when nothing else is said', async () => {
    const { creditedMinutes: _, ...body } = entry;
    expect((await must('participation', { ...log, body })).body.creditedMinutes).toBe(190);
  });

  test('a retry gets the same answer, also after changes and when it could not begin', async () => {
    const first = await must('participation', log);
    const verifier = { token: verifierOf(town.theirs) };
    await must('participation', change('verify', first.body.id, verifier));
    await must('activities', {
      route: 'POST /activities/{id}/cancel',
      params: { id: town.activityId },
      body: { reason: '暴雨' },
      token: admin,
    });
    expect(await must('participation', log)).toEqual(first);
    expect(await hoursEvents()).toHaveLength(2);
  });

  test('the same key with another body is refused', async () => {
    await must('participation', log);
    const other = { ...log, body: { ...entry, attendedMinutes: 200 } };
    const { status, body } = await may('participation', other);
    expect([status, body.type]).toEqual([422, 'urn:leifeng:problem:idempotency-key-reused']);
    expect(await hoursEvents()).toHaveLength(1);
  });

  test('the same key of somebody else is another entry', async () => {
    const first = await must('participation', log);
    const second = await must('participation', { ...log, token: organiserOf(town.ours, 'o-2') });
    expect(second.body.id).not.toBe(first.body.id);
  });

  test.each<[string, object, number, string, string | undefined]>([
    ['an unknown activity', { activityId: idOf('b', 9) }, 422, 'unknown-reference', '#/activityId'],
    [
      'an unknown volunteer',
      { volunteerId: idOf('c', 9) },
      422,
      'unknown-reference',
      '#/volunteerId',
    ],
    ['tomorrow', { serviceDate: '2025-10-19' }, 422, 'service-date-in-future', '#/serviceDate'],
    [
      'a day before',
      { serviceDate: '2025-10-16' },
      422,
      'service-date-outside-activity',
      '#/serviceDate',
    ],
    ['another’s declaration', { origin: 'self-declared' }, 403, 'forbidden', '#/activityId'],
  ])('%s is refused', async (_, wrong, expected, code, pointer) => {
    const { status, body } = await may('participation', { ...log, body: { ...entry, ...wrong } });
    expect([status, body.type]).toEqual([expected, `urn:leifeng:problem:${code}`]);
    expect(body.errors?.[0]?.pointer).toBe(pointer);
    expect(await hoursEvents()).toEqual([]);
  });

  test('today is the day in Shanghai', async () => {
    const late = { ...log, at: Date.UTC(2025, 9, 17, 15, 59) };
    expect((await may('participation', late)).body.type).toMatch(/service-date-in-future$/);
    await must('participation', { ...late, at: Date.UTC(2025, 9, 17, 16) });
  });

  test('a volunteer declares their own time, and a token of an auditor enters none', async () => {
    const declared = { ...log, body: { ...entry, origin: 'self-declared' } };
    await must('participation', { ...declared, token: { sub: 'lei', role: 'volunteer' } });
    const { status } = await may('participation', { ...log, token: { sub: 'a', role: 'auditor' } });
    expect(status).toBe(403);
  });
});

describe('a sheet', () => {
  const batch = (entries: readonly object[]): Ask => ({
    ...log,
    route: 'POST /hours/batch',
    body: { entries },
  });
  const sheet = (length: number) =>
    Array.from({ length }, (_, n) => ({ ...entry, attendedMinutes: 200 + n }));

  test('of a hundred is taken whole, in order, and a retry gets the same', async () => {
    const first = await must('participation', batch(sheet(100)));
    const minutes = first.body.items.map(
      (item: { attendedMinutes: number }) => item.attendedMinutes,
    );
    expect(minutes).toEqual(sheet(100).map(({ attendedMinutes }) => attendedMinutes));
    expect(await must('participation', batch(sheet(100)))).toEqual(first);
    expect(await hoursEvents()).toHaveLength(100);
  });

  test('with something wrong is not taken at all, and every wrong place is shown', async () => {
    const entries: object[] = sheet(5);
    entries[1] = { ...entry, activityId: idOf('b', 9) };
    entries[3] = { ...entry, serviceDate: '2025-10-01' };
    const { status, body } = await may('participation', batch(entries));
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/entries/1/activityId',
      '#/entries/3/serviceDate',
    ]);
    expect(await hoursEvents()).toEqual([]);
  });

  test('shows which entries its sender may not enter', async () => {
    const entries: object[] = sheet(3);
    entries[2] = { ...entry, origin: 'self-declared' };
    const { status, body } = await may('participation', batch(entries));
    expect(status).toBe(403);
    expect(body.errors?.[0]?.pointer).toMatch(/^#\/entries\/2/);
  });

  test('with another sheet under its key is refused', async () => {
    await must('participation', batch(sheet(3)));
    for (const length of [2, 4])
      expect((await may('participation', batch(sheet(length)))).status).toBe(422);
    expect(await hoursEvents()).toHaveLength(3);
  });
});

describe('an entry', () => {
  let id: string;
  beforeEach(async () => {
    id = (await must('participation', log)).body.id;
  });
  const read = async () =>
    (
      await must('participation', {
        route: 'GET /hours/{id}',
        params: { id },
        token: { sub: 'lei', role: 'volunteer' },
      })
    ).body;

  test('goes its way: verified, corrected, verified again, struck out', async () => {
    const organiser = organiserOf(town.ours);
    const verifier = { token: verifierOf(town.theirs) };
    await must('participation', change('verify', id, verifier));
    const body = { creditedMinutes: 150, reason: '扣除用餐' };
    await must('participation', change('correct', id, { body, token: organiser }));
    expect(await read()).toMatchObject({ status: 'pending', creditedMinutes: 150, version: 3 });
    await must('participation', change('verify', id, verifier));
    const reason = { reason: '重复' };
    await must('participation', change('void', id, { body: reason, token: organiser }));
    expect(await read()).toMatchObject({ status: 'voided', creditedMinutes: 150, version: 5 });
  });

  test('is not verified by who entered it, nor by its volunteer', async () => {
    for (const sub of ['organiser', 'lei']) {
      const token = verifierOf(town.theirs, sub);
      const { status, body } = await may('participation', change('verify', id, { token }));
      expect([status, body.type]).toEqual([403, 'urn:leifeng:problem:own-entry']);
    }
    expect((await read()).version).toBe(1);
  });

  test('is not changed on an old reading', async () => {
    const token = verifierOf(town.theirs);
    const headers = { 'if-match': '"2"' };
    const { status } = await may('participation', change('verify', id, { token, headers }));
    expect(status).toBe(412);
    expect((await read()).version).toBe(1);
    await must('participation', change('verify', id, { token, headers: { 'if-match': '"1"' } }));
  });

  test('that is not there is not found', async () => {
    const token = verifierOf(town.theirs);
    expect((await may('participation', change('verify', idOf('d', 9), { token }))).status).toBe(
      404,
    );
    expect((await may('participation', change('verify', 'x', { token }))).status).toBe(400);
  });

  test('who first entered its minutes does not verify them after another corrected the day', async () => {
    const body = { serviceDate: '2025-10-17', reason: '日期有误' };
    const token = organiserOf(town.ours, 'organiser-2');
    await must('participation', change('correct', id, { body, token }));
    const first = verifierOf(town.theirs, 'organiser');
    expect((await may('participation', change('verify', id, { token: first }))).status).toBe(403);
  });

  test('is listed for its volunteer and its activity once the views have it', async () => {
    const second = await must('participation', { ...log, key: 'log-2', at: noon + 1 });
    await must(
      'participation',
      change('reject', second.body.id, {
        body: { reason: '不符' },
        token: verifierOf(town.theirs),
      }),
    );
    await deliver(await ledger());
    const list = async (query: Record<string, string>) =>
      (
        await must('participation', {
          route: 'GET /hours',
          query,
          token: verifierOf(town.theirs),
        })
      ).body;
    const volunteer = town.volunteerId;
    const activity = town.activityId;
    const ids = async (query: Record<string, string>) =>
      (await list(query)).items.map((item: { id: string }) => item.id);
    const both = [id, second.body.id].sort();
    expect(await ids({ volunteer })).toEqual(both);
    expect(await ids({ activity })).toEqual(both);
    expect(await ids({ activity, status: 'pending' })).toEqual([id]);
    expect(await ids({ activity, volunteer, status: 'rejected' })).toEqual([second.body.id]);
    const page = await list({ activity, limit: '1' });
    const rest = await list({ activity, limit: '1', cursor: page.next });
    expect([...page.items, ...rest.items].map((item: { id: string }) => item.id)).toEqual(both);
    expect(rest.next).toBeNull();
  });

  test('is not for another volunteer to read or to list', async () => {
    const token = { sub: 'else', role: 'volunteer' };
    const one = { route: 'GET /hours/{id}', params: { id }, token };
    expect((await may('participation', one)).status).toBe(403);
    const queries: Record<string, string>[] = [
      { volunteer: town.volunteerId },
      { activity: town.activityId },
    ];
    for (const query of queries)
      expect((await may('participation', { route: 'GET /hours', query, token })).status).toBe(403);
  });
});

describe('object', () => {
  const person = { sub: 'person', role: 'volunteer' };
  const because = { reason: '当天没有参加' };

  test('a volunteer objects to their own entry, nobody else does, and it is answered', async () => {
    const { body: volunteer } = await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1' },
      token: person,
    });
    const { body: logged } = await must('participation', {
      ...log,
      body: { ...entry, volunteerId: volunteer.id },
    });
    for (const token of [admin, organiserOf(town.ours), { ...person, sub: 'another' }]) {
      const refused = await may(
        'participation',
        change('object', logged.id, { body: because, token }),
      );
      expect(refused.body.type).toBe('urn:leifeng:problem:forbidden');
    }
    const objected = change('object', logged.id, { body: because, token: person });
    expect((await must('participation', objected)).body).toMatchObject({
      status: 'pending',
      objected: true,
    });
    const corrected = change('correct', logged.id, {
      body: { creditedMinutes: 60, reason: '核对签到表' },
      token: admin,
    });
    expect((await must('participation', corrected)).body).toMatchObject({ objected: false });
    expect(await hoursEvents()).toEqual(['HoursLogged', 'HoursObjected', 'HoursCorrected']);
  });
});

describe('a cancelled activity', () => {
  const cancel = () => ({
    route: 'POST /activities/{id}/cancel',
    params: { id: town.activityId },
    body: { reason: '暴雨' },
    token: organiserOf(town.ours),
  });

  test('is not cancelled while somebody’s time counts for it or waits', async () => {
    const { body: logged } = await must('participation', log);
    await deliver(await ledger());
    expect((await may('activities', cancel())).body.type).toBe(
      'urn:leifeng:problem:activity-has-hours',
    );
    await must(
      'participation',
      change('void', logged.id, { body: { reason: '未举行' }, token: admin }),
    );
    await deliver(await ledger());
    expect((await must('activities', cancel())).body.status).toBe('cancelled');
  });

  test('has nothing that can be verified, also what came in at the last moment', async () => {
    const { body: logged } = await must('participation', log);
    await must('activities', cancel());
    const verified = change('verify', logged.id, { token: verifierOf(town.theirs) });
    expect((await may('participation', verified)).body.type).toBe(
      'urn:leifeng:problem:activity-not-open',
    );
  });
});

test('an entry of an old version is read, changed and counted like any other', async () => {
  const { body: logged } = await must('participation', log);
  const pk = `hours#${logged.id}`;
  await dynamodb.send(
    new UpdateCommand({
      TableName: process.env.LEDGER_TABLE,
      Key: { pk, version: 1 },
      UpdateExpression:
        'SET #event.schemaVersion = :one, #event.#data.hours.enteredBy = :by REMOVE #event.#data.hours.objected',
      ExpressionAttributeNames: { '#event': 'event', '#data': 'data' },
      ExpressionAttributeValues: { ':one': 1, ':by': 'organiser' },
    }),
  );
  const own = change('verify', logged.id, { token: organiserOf(town.ours) });
  expect((await may('participation', own)).body.type).toBe('urn:leifeng:problem:own-entry');
  await must('participation', change('verify', logged.id, { token: verifierOf(town.theirs) }));
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: process.env.LEDGER_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    }),
  );
  expect(Items.map(({ event }) => event.schemaVersion)).toEqual([1, 2]);
  await deliver(await ledger());
  expect(
    (await readDashboard({ period: '2025-10', areaId: null, theme: null })).metrics,
  ).toMatchObject({ creditedMinutes: { value: 180 }, pendingMinutes: { value: null } });
});

describe('whom another organisation has to verify', () => {
  const backEntry = async () => {
    const body = { ...(log.body as object), origin: 'back-entry' };
    return (await must('participation', { ...log, body })).body.id as string;
  };

  test.each<[string, () => unknown]>([
    ['one that there is not', () => '0198c0de-0000-7000-8000-00000000dead'],
    ['two', () => [town.ours, town.theirs]],
    ['one as the gateway writes a list', () => `[${town.theirs}]`],
    ['one as JSON', () => JSON.stringify([town.theirs])],
    ['none', () => undefined],
  ])('nobody does whose token names %s', async (_, organisation) => {
    const id = await backEntry();
    const token = { sub: 'verifier', role: 'verifier', organisation: organisation() };
    const { body } = await may('participation', change('verify', id, { token }));
    expect(body.type).toBe('urn:leifeng:problem:other-organisation-required');
    expect(
      (await may('participation', change('reject', id, { token, body: { reason: '无' } }))).status,
    ).toBe(403);
  });

  test('a verifier of a list of that one does', async () => {
    const token = { ...verifierOf(town.theirs), organisation: [town.theirs] };
    await must('participation', change('verify', await backEntry(), { token }));
  });
});

describe('nobody verifies hours of the record that their own was merged into', () => {
  const register = async (sub: string): Promise<string> =>
    (
      await must('volunteers', {
        route: 'POST /volunteers',
        body: { areaId: 'hongqi', consentVersion: '1' },
        token: { sub, role: 'volunteer' },
      })
    ).body.id;
  const merge = (id: string, intoId: string) =>
    must('volunteers', {
      route: 'POST /volunteers/{id}/merge',
      params: { id },
      body: { intoId, reason: '同一人' },
      token: admin,
    });
  const verified = async () => {
    const { body: logged } = await must('participation', log);
    const token = { ...verifierOf(town.theirs), sub: 'lei-again' };
    return (await may('participation', change('verify', logged.id, { token }))).body.type;
  };

  test('at once', async () => {
    await merge(await register('lei-again'), town.volunteerId);
    expect(await verified()).toBe('urn:leifeng:problem:own-entry');
  });

  test('by way of another', async () => {
    const [first, second] = [await register('lei-again'), await register('lei-once-more')];
    await merge(first, second);
    await merge(second, town.volunteerId);
    expect(await verified()).toBe('urn:leifeng:problem:own-entry');
  });
});
