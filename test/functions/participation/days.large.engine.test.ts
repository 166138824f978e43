import '../../support/tables.ts';

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mostAnHour } from '../../../functions/people/look-ups.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { peopleTable } from '../../../functions/runtime/settings.ts';
import { type Ask, noon } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  defineArea,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  publish,
  register,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
const day = '2025-10-18';

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const line = (volunteerId: string | undefined, attendedMinutes: number, more: object = {}) => ({
  volunteerId,
  attendedMinutes,
  origin: 'leader-roll',
  ...more,
});
const entering = (id: string, entries: readonly object[], more: Partial<Ask> = {}): Ask => ({
  route: 'POST /activities/{id}/sheets/{date}/entries',
  params: { id, date: day },
  token: organiserOf(town.ours),
  ...more,
  body: { entries },
});
const enter = async (...asked: Parameters<typeof entering>): Promise<string> =>
  (await must('participation', entering(...asked))).body.id;
const on = (action: string, id: string, body: object, token: Record<string, unknown>): Ask => ({
  route: `POST /sheets/{id}/${action}`,
  params: { id },
  body,
  token,
});
const merge = (id: string, intoId: string) =>
  must('volunteers', {
    route: 'POST /volunteers/{id}/merge',
    params: { id },
    body: { intoId, reason: '同一人' },
    token: admin,
  });
const codeOf = ({ body }: Awaited<ReturnType<typeof may>>): string =>
  String(body.type).replace('urn:leifeng:problem:', '');
const refused = async (ask: Ask): Promise<string> => codeOf(await may('participation', ask));
const shown = async (query: Record<string, string>, token: Record<string, unknown> = admin) =>
  (await must('participation', { route: 'GET /hours', query, token })).body.items.map(
    ({ sheetId, volunteerId, flags }: Record<string, unknown>) => ({
      sheetId,
      volunteerId,
      flags,
    }),
  );

describe('a day that commands of one moment made too long', () => {
  test.each([
    ['overfull-day', 800, 641],
    ['very-long-day', 700, 30],
    ['long-day', 300, 181],
  ])(
    'is flagged as %s on both entries, in the list of work, and until it is put right',
    async (flag, a, b) => {
      const person = await register('p0');
      const other = await publish(town.ours);
      // The Views learn of neither before both are entered.
      const first = await enter(town.activityId, [line(person, a)]);
      const second = await enter(other, [line(person, b, { creditedMinutes: Math.min(b, 600) })]);
      await deliver(await ledger());
      const both = [first, second].sort().map((sheetId) => ({
        ...{ sheetId, volunteerId: person },
        flags: expect.arrayContaining([flag]),
      }));
      const sorted = async (query: Record<string, string>) =>
        (await shown(query)).sort((x: { sheetId: string }, y: { sheetId: string }) =>
          x.sheetId < y.sheetId ? -1 : 1,
        );
      expect(await sorted({ organisationId: town.ours, flagged: 'true' })).toEqual(both);
      expect(await sorted({ areaId: 'hongqi', flagged: 'true' })).toEqual(both);
      expect(await sorted({ volunteerId: person, flagged: 'true' })).toEqual(both);
      for (const id of [first, second]) {
        const { body } = await must('participation', {
          route: 'GET /sheets/{id}',
          params: { id },
          token: admin,
        });
        expect(body.entries[0].flags).toContain(flag);
      }
      const struck = { entries: 'all', reason: '抄错' };
      await must('participation', on('void', second, struck, organiserOf(town.ours)));
      const right = { volunteerId: person, attendedMinutes: 60, creditedMinutes: 60 };
      const correction = { entries: [right], reason: '抄错' };
      await must('participation', on('correct', first, correction, organiserOf(town.ours)));
      await deliver(await ledger());
      expect(await shown({ organisationId: town.ours, flagged: 'true' })).toEqual([]);
    },
  );

  test('is credited by nobody while it has more than 24 hours', async () => {
    const person = await register('p0');
    const first = await enter(town.activityId, [line(person, 800)]);
    await enter(await publish(town.ours), [line(person, 800)]);
    await deliver(await ledger());
    const asked = { entries: [person], reason: '连续抗洪' };
    expect(await refused(on('verify', first, asked, admin))).toBe('day-too-long');
  });

  test('is flagged by its entries once somebody verified one as part of it', async () => {
    const person = await register('p0');
    const first = await enter(town.activityId, [line(person, 300)]);
    const second = await enter(await publish(town.ours), [line(person, 300)]);
    await deliver(await ledger());
    const { body } = await must(
      'participation',
      on('verify', first, { entries: 'all' }, verifierOf(town.theirs)),
    );
    expect(body.entries).toMatchObject([{ status: 'pending', flags: ['long-day'] }]);
    await deliver(await ledger());
    expect(await shown({ organisationId: town.ours, flagged: 'true' })).toEqual([
      { sheetId: first, volunteerId: person, flags: ['long-day'] },
    ]);
    expect(second).not.toBe(first);
  });
});

test('who is a volunteer too does not verify a long day alone', async () => {
  const person = await register('p0');
  const id = await enter(town.activityId, [line(person, 600)]);
  const both = { ...verifierOf(town.theirs), role: ['verifier', 'volunteer'] };
  const { body } = await must('participation', on('verify', id, { entries: 'all' }, both));
  expect(body.entries).toMatchObject([{ status: 'pending', verifiedBy: ['verifier'] }]);
  expect(await refused(on('verify', id, { entries: [person] }, both))).toBe(
    'second-verifier-required',
  );
});

describe('the records of one person, while merges wait', () => {
  test.each([
    [
      'both into a third',
      [
        [1, 0],
        [2, 0],
      ],
    ],
    [
      'in a chain',
      [
        [2, 1],
        [1, 0],
      ],
    ],
  ] as const)('%s have one line on a sheet and one day', async (_, merges) => {
    const records = await Promise.all(['p0', 'p1', 'p2'].map((sub) => register(sub)));
    const at = (place: number): string => records[place] ?? '';
    for (const [from, into] of merges) await merge(at(from), at(into));
    const id = await enter(town.activityId, [line(at(1), 400)]);
    for (const place of [0, 2])
      expect(await refused(entering(town.activityId, [line(at(place), 60)]))).toBe(
        'already-on-sheet',
      );
    await deliver(await ledger());
    const other = await publish(town.ours);
    expect(await refused(entering(other, [line(at(2), 1041)]))).toBe('day-too-long');
    await enter(other, [line(at(2), 300)]);
    await deliver(await ledger());
    const { body } = await must(
      'participation',
      on('verify', id, { entries: 'all' }, verifierOf(town.theirs)),
    );
    expect(body.entries).toMatchObject([{ status: 'pending', flags: ['long-day'] }]);
    // Whichever of the ids staff ask for, they find all lines of the person; the person has their own.
    for (const place of [0, 1, 2]) expect(await shown({ volunteerId: at(place) })).toHaveLength(2);
    expect(await shown({ volunteerId: at(0) }, { sub: 'p0', role: 'volunteer' })).toHaveLength(0);
  });
});

test('lines of an erased record need two verifiers: nobody can tell whose it was', async () => {
  const person = await register('p0');
  const id = await enter(town.activityId, [line(person, 60)]);
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: person },
    body: {},
    token: { sub: 'p0', role: 'volunteer' },
  });
  const first = await must(
    'participation',
    on('verify', id, { entries: 'all' }, verifierOf(town.theirs)),
  );
  expect(first.body.entries).toMatchObject([{ status: 'pending', verifiedBy: ['verifier'] }]);
  const second = on('verify', id, { entries: 'all' }, verifierOf(town.theirs, 'v2'));
  expect((await must('participation', second)).body.entries).toMatchObject([
    { status: 'verified' },
  ]);
});

test('of an erased record the district does not credit a very long day alone either', async () => {
  const person = await register('p0');
  const id = await enter(town.activityId, [line(person, 780)]);
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}',
    params: { id: person },
    body: {},
    token: { sub: 'p0', role: 'volunteer' },
  });
  const asked = { entries: [person], reason: '连续抗洪' };
  const first = await must('participation', on('verify', id, asked, admin));
  expect(first.body.entries).toMatchObject([{ status: 'pending', verifiedBy: ['admin'] }]);
  const second = on('verify', id, asked, { ...admin, sub: 'admin-2' });
  expect((await must('participation', second)).body.entries).toMatchObject([
    { status: 'verified' },
  ]);
});

test('somebody on duty on a long day needs one verifier, and is not flagged', async () => {
  const person = await register('p0');
  await enter(town.activityId, [line(person, 780)]);
  await deliver(await ledger());
  const duty = await enter(await publish(town.ours), [
    { volunteerId: person, onDuty: true, origin: 'leader-roll' },
  ]);
  const asked = on('verify', duty, { entries: 'all' }, verifierOf(town.theirs));
  expect((await must('participation', asked)).body.entries).toMatchObject([
    { status: 'verified', flags: [] },
  ]);
});

test('staff who may read one record do not get the lines of another by a merge', async () => {
  const area = { kind: 'subdistrict', name: '新华街道', parentId: 'demo' };
  await defineArea('xinhua', area);
  const near = await register('p0');
  const far = await register('p1', { areaId: 'xinhua' });
  await merge(near, far);
  await enter(town.activityId, [line(far, 60)]);
  await deliver(await ledger());
  const organiser = organiserOf(town.theirs, 'elsewhere');
  const ask = { route: 'GET /hours', query: { volunteerId: far }, token: organiser };
  expect((await may('participation', ask)).status).toBe(403);
  expect(await shown({ volunteerId: near }, organiser)).toEqual([]);
  expect(await shown({ volunteerId: near })).toHaveLength(1);
});

test('a line that moves comes late to its new day, or no longer does', async () => {
  const [early, late] = [await register('p0'), await register('p1')];
  const at = (date: string) => Date.parse(`${date}T12:00:00+08:00`);
  const long = await publish(town.ours, { startsOn: '2025-10-18', endsOn: '2025-11-28' });
  const params = (date: string) => ({ id: long, date });
  const onTime = await enter(long, [line(early, 60)], {
    params: params('2025-11-20'),
    at: at('2025-11-21'),
  });
  const tooLate = await enter(long, [line(late, 60)], {
    params: params('2025-10-18'),
    at: at('2025-11-21'),
  });
  const move = async (id: string, volunteerId: string, serviceDate: string) => {
    const body = { entries: [{ volunteerId, serviceDate }], reason: '日期写错' };
    await must('participation', {
      ...on('correct', id, body, organiserOf(town.ours)),
      at: at('2025-11-21'),
    });
    const { body: moved } = await must('participation', {
      route: 'GET /hours',
      query: { activityId: long, status: 'pending' },
      token: admin,
    });
    return moved.items.find((each: { volunteerId: string }) => each.volunteerId === volunteerId);
  };
  expect(await move(onTime, early, '2025-10-19')).toMatchObject({ flags: ['late'] });
  expect(await move(tooLate, late, '2025-11-20')).toMatchObject({ flags: [] });
});

test('lines move to several days without a sheet at once', async () => {
  const people = [await register('p0'), await register('p1'), await register('p2')];
  const long = await publish(town.ours, { startsOn: '2025-10-10', endsOn: '2025-10-18' });
  const id = await enter(
    long,
    people.map((person) => line(person, 60)),
  );
  const days = ['2025-10-11', '2025-10-12', '2025-10-13'];
  const entries = people.map((volunteerId, at) => ({ volunteerId, serviceDate: days[at] }));
  const body = { entries, reason: '日期写错' };
  await must('participation', on('correct', id, body, organiserOf(town.ours)));
  const { body: sheets } = await must('participation', {
    route: 'GET /activities/{id}/sheets',
    params: { id: long },
    token: admin,
  });
  expect(sheets.items.map(({ serviceDate }: { serviceDate: string }) => serviceDate)).toEqual([
    ...days,
    day,
  ]);
  await deliver(await ledger());
  expect(await shown({ activityId: long, status: 'pending' })).toHaveLength(3);
});

describe('numbers on a roll are looked up', () => {
  const kept = async () =>
    (
      await dynamodb.send(
        new QueryCommand({
          TableName: peopleTable(),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'look-up#organiser' },
        }),
      )
    ).Items ?? [];
  const unknown = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      line(undefined, 60, { phone: `139${String(10_000_000 + at)}` }),
    );

  test('a request is kept with whom it found, also when nobody is entered', async () => {
    const phone = '13800138001';
    const near = await register('n', { person: { name: '王小明', phone } });
    const entries = [line(undefined, 60, { phone }), ...unknown(1)];
    const ask = entering(town.activityId, entries, { at: noon });
    expect(await refused(ask)).toBe('nobody-with-number');
    const items = await kept();
    expect(items).toMatchObject([
      { sk: expect.stringMatching(/^hour#.*#roll$/), spent: 2 },
      { reason: 'service-arrangement', found: [near] },
    ]);
    expect(JSON.stringify(items)).not.toContain(phone);
    await enter(town.activityId, [line(near, 60)]);
    expect(await kept()).toHaveLength(items.length);
  });

  test('a request that comes again tells of nobody who was not found before', async () => {
    const phone = '13800138001';
    const ask = {
      ...entering(town.activityId, [line(undefined, 60, { phone }), ...unknown(1)]),
      key: 'the-same-roll',
    };
    const pointers = async () =>
      (await may('participation', ask)).body.errors.map(
        ({ pointer }: { pointer: string }) => pointer,
      );
    const both = ['#/entries/0/phone', '#/entries/1/phone'];
    expect(await pointers()).toEqual(both);
    await register('n', { person: { name: '王小明', phone } });
    expect(await pointers()).toEqual(both);
    expect(await kept()).toHaveLength(2);
  });

  test('as many as rolls have, and no more in an hour', async () => {
    for (let sent = 0; sent < mostAnHour.roll; sent += 200)
      expect(await refused(entering(town.activityId, unknown(200)))).toBe('nobody-with-number');
    const { status, body } = await may('participation', entering(town.activityId, unknown(1)));
    expect([status, body.type]).toEqual([429, 'urn:leifeng:problem:too-many-look-ups']);
  });
});

describe('the list of work', () => {
  test('names what is not there, and narrows an activity by area and all above it', async () => {
    const person = await register('p0');
    await enter(town.activityId, [line(person, 60)]);
    await deliver(await ledger());
    const ask = (query: Record<string, string>, token: Record<string, unknown> = admin) =>
      may('participation', { route: 'GET /hours', query, token });
    const unknown = '0198f000-0000-7000-8000-000000000000';
    const queries: readonly Record<string, string>[] = [
      { areaId: 'nix' },
      { activityId: unknown },
      { organisationId: unknown },
      { volunteerId: unknown },
    ];
    for (const query of queries) {
      expect((await ask(query)).status).toBe(404);
      expect((await ask(query, organiserOf(town.ours))).status).toBe(403);
    }
    const activity = town.activityId;
    expect((await ask({ activityId: activity, areaId: 'hongqi' })).body.items).toHaveLength(1);
    expect((await ask({ volunteerId: person, areaId: 'hongqi' })).body.items).toHaveLength(1);
    expect((await ask({ activityId: activity, areaId: 'demo' })).body.items).toHaveLength(1);
    expect((await ask({ activityId: activity, areaId: 'elsewhere' })).status).toBe(404);
  });

  test('has what waits since as long as a service day may lie back', async () => {
    const person = await register('p0');
    await enter(town.activityId, [line(person, 60)]);
    await deliver(await ledger());
    const query = { organisationId: town.ours, status: 'pending' };
    const at = noon + 3 * 365 * 86_400_000;
    const ask = { route: 'GET /hours', query, token: admin, at };
    expect((await must('participation', ask)).body.items).toHaveLength(1);
  });

  test('of a person goes on after a line that has left it', async () => {
    const person = await register('p0');
    const ids = [
      await enter(town.activityId, [line(person, 60)]),
      await enter(await publish(town.ours), [line(person, 60)]),
      await enter(await publish(town.ours), [line(person, 60)]),
    ];
    await deliver(await ledger());
    const page = async (cursor?: string) =>
      (
        await must('participation', {
          route: 'GET /hours',
          query: {
            ...{ volunteerId: person, status: 'pending', limit: '1' },
            ...(cursor ? { cursor } : {}),
          },
          token: admin,
        })
      ).body;
    const first = await page();
    const [seen] = first.items;
    await must(
      'participation',
      on('verify', seen.sheetId, { entries: 'all' }, verifierOf(town.theirs)),
    );
    await deliver(await ledger());
    const second = await page(first.next);
    const third = await page(second.next);
    const all = [seen, ...second.items, ...third.items];
    expect(all.map(({ sheetId }: { sheetId: string }) => sheetId).sort()).toEqual(ids.sort());
    expect(third.next).toBeNull();
  });

  test('a cursor is good for its list only, and a limit is written in digits', async () => {
    const [a, b] = [await register('p0'), await register('p1')];
    await enter(town.activityId, [line(a, 60), line(b, 60)]);
    await deliver(await ledger());
    const ask = (query: Record<string, string>) =>
      may('participation', { route: 'GET /hours', query, token: admin });
    const { body } = await ask({ activityId: town.activityId, limit: '1' });
    const next = { cursor: body.next, limit: '1' };
    expect((await ask({ activityId: town.activityId, ...next })).body.items).toHaveLength(1);
    const other = await ask({ organisationId: town.ours, ...next });
    expect(codeOf(other)).toBe('invalid-cursor');
    for (const limit of ['0x10', '1e1', '+5', ' 5', '5.0'])
      expect((await ask({ activityId: town.activityId, limit })).status).toBe(400);
  });
});

describe('a rejected line, after its activity has moved', () => {
  test.each([
    ['theme', { theme: 'TRAFFIC_COURTESY' }, day],
    ['day', { startsOn: '2025-10-16', endsOn: '2025-10-17' }, '2025-10-17'],
  ])('to another %s, does not count again', async (_, changes, date) => {
    const person = await register('p0');
    const id = await enter(town.activityId, [line(person, 60)]);
    const verifier = verifierOf(town.theirs);
    await must('participation', on('reject', id, { entries: 'all', reason: '未到场' }, verifier));
    await must('activities', {
      route: 'PATCH /activities/{id}',
      params: { id: town.activityId },
      body: changes,
      token: organiserOf(town.ours),
    });
    expect(await refused(on('verify', id, { entries: [person] }, verifier))).toBe('activity-moved');
    const again = { entries: [{ volunteerId: person }], reason: '补签' };
    expect(await refused(on('correct', id, again, organiserOf(town.ours)))).toBe('activity-moved');
    // As the refusal advises: it is voided, and entered where the activity is now.
    const struck = { entries: [person], reason: '活动已改动' };
    await must('participation', on('void', id, struck, organiserOf(town.ours)));
    const now = { params: { id: town.activityId, date } };
    const { body } = await must(
      'participation',
      entering(town.activityId, [line(person, 60)], now),
    );
    expect(body).toMatchObject({ serviceDate: date, sums: { waiting: 1 } });
    expect(body.id).not.toBe(id);
  });
});

test('two records on one sheet that turn out to be one person are work for somebody', async () => {
  const [a = '', b = ''] = [await register('p0'), await register('p1')];
  const id = await enter(town.activityId, [line(a, 60), line(b, 60)]);
  await must('participation', on('verify', id, { entries: 'all' }, verifierOf(town.theirs)));
  await merge(a, b);
  await deliver(await ledger());
  const flagged = { organisationId: town.ours, flagged: 'true' };
  const both = [a, b].sort().map((volunteerId) => ({ sheetId: id, volunteerId }));
  expect(await shown(flagged)).toEqual(both.map((each) => ({ ...each, flags: ['entered-twice'] })));
  const struck = { entries: [a], reason: '同一人录了两行' };
  await must('participation', on('void', id, struck, organiserOf(town.ours)));
  await deliver(await ledger());
  expect(await shown(flagged)).toEqual([]);
});

test('whoever objects to all of a sheet objects to their own line, and learns of no other', async () => {
  const [mine = '', other = ''] = [await register('p0'), await register('p1')];
  const id = await enter(town.activityId, [line(mine, 60), line(other, 60)]);
  const asked = { entries: 'all', reason: '时长不符' };
  const token = { sub: 'p0', role: 'volunteer' };
  const { body } = await must('participation', on('object', id, asked, token));
  expect(body.entries).toMatchObject([{ volunteerId: mine }]);
  expect(body.refused).toEqual([]);
  const again = await may('participation', on('object', id, asked, token));
  expect([again.status, codeOf(again)]).toEqual([409, 'illegal-transition']);
  expect(JSON.stringify([body, again.body])).not.toContain(other);
});

test('a roll is of no team that was dissolved before', async () => {
  const [first, second] = [await register('p0'), await register('p1')];
  const team = {
    name: '红旗义诊队',
    specialty: 'medical',
    organisationId: town.ours,
    areaId: 'hongqi',
    leaderId: null,
  };
  const forming = { route: 'POST /teams', body: team, token: admin };
  const { id } = (await must('teams', { ...forming, at: Date.parse('2025-10-10T04:00Z') })).body;
  const roll = (volunteerId: string): Ask => ({
    ...entering(town.activityId, []),
    body: { entries: [line(volunteerId, 60)], teamId: id },
  });
  await must('participation', roll(first));
  await must('teams', {
    route: 'POST /teams/{id}/dissolve',
    params: { id },
    body: { reason: '人数不足' },
    token: admin,
    at: Date.parse('2025-10-17T04:00Z'),
  });
  const { status, body } = await may('participation', roll(second));
  expect([status, body.errors[0].pointer]).toEqual([422, '#/teamId']);
});
