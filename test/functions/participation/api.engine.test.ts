import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
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
  publish,
  register,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
let people: readonly string[];
const day = '2025-10-18';

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  people = await Promise.all(['p0', 'p1', 'p2'].map((sub) => register(sub)));
});

const line = (volunteerId: string | undefined, more: object = {}) => ({
  volunteerId,
  attendedMinutes: 190,
  origin: 'leader-roll',
  ...more,
});
const enter = (entries: readonly object[], more: Partial<Ask> & { body?: object } = {}): Ask => ({
  route: 'POST /activities/{id}/sheets/{date}/entries',
  params: { id: town.activityId, date: day },
  token: organiserOf(town.ours),
  ...more,
  body: { entries, ...more.body },
});
const on = (
  action: string,
  id: string,
  body: object,
  token: object = verifierOf(town.theirs),
): Ask => ({
  route: `POST /sheets/{id}/${action}`,
  params: { id },
  body,
  token: token as Record<string, unknown>,
});
const read = (id: string, token: object = admin, query?: Record<string, string>) =>
  may('participation', {
    route: 'GET /sheets/{id}',
    params: { id },
    token: token as Record<string, unknown>,
    ...(query ? { query } : {}),
  });
const refusal = ({ status, body }: Awaited<ReturnType<typeof may>>) => [
  status,
  String(body.type).replace('urn:leifeng:problem:', ''),
  (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer),
];
const hoursEvents = async () =>
  (await ledger()).flatMap(({ type }) => (type.startsWith('Hours') ? [type] : []));

describe('entering', () => {
  test('a roll is one event, and its lines wait', async () => {
    const { status, headers, body } = await must(
      'participation',
      enter([
        line(town.volunteerId, { creditedMinutes: 180 }),
        line(people[0]),
        { volunteerId: people[1], onDuty: true, origin: 'leader-roll' },
      ]),
    );
    expect([status, headers.etag]).toEqual([201, '"1"']);
    expect(body).toMatchObject({
      id: `${town.activityId}~${day}~1`,
      activityId: town.activityId,
      organisationId: town.ours,
      areaId: 'hongqi',
      theme: 'FREE_CLINIC',
      serviceDate: day,
      sums: { waiting: 3, pendingMinutes: 370, participations: 0 },
      refused: [],
      version: 1,
    });
    expect(body.entries[0]).toEqual({
      volunteerId: town.volunteerId,
      tags: ['party-member'],
      onDuty: false,
      attendedMinutes: 190,
      creditedMinutes: 180,
      origin: 'leader-roll',
      status: 'pending',
      enteredBy: ['organiser'],
      verifiedBy: [],
      objection: null,
      flags: [],
    });
    expect(body.entries[2]).toMatchObject({ onDuty: true, attendedMinutes: 0, creditedMinutes: 0 });
    expect(await hoursEvents()).toEqual(['HoursLogged']);
  });

  test('all or none, and every wrong line is shown', async () => {
    await must('participation', enter([line(people[0])]));
    const answer = await may(
      'participation',
      enter([line(people[1]), line(people[0]), line(idOf('c', 9)), line(people[1])]),
    );
    expect(refusal(answer)).toEqual([
      409,
      'already-on-sheet',
      ['#/entries/1/volunteerId', '#/entries/2/volunteerId', '#/entries/3/volunteerId'],
    ]);
    expect(await hoursEvents()).toEqual(['HoursLogged']);
  });

  test('the good ones, when that is asked for, and a retry is told the same', async () => {
    const request = enter([line(people[1]), line(idOf('c', 9))], {
      key: 'roll',
      body: { atomic: false },
    });
    const first = await must('participation', request);
    expect(first.body.entries.map((each: { volunteerId: string }) => each.volunteerId)).toEqual([
      people[1],
    ]);
    expect(first.body.refused).toMatchObject([{ entry: 1, code: 'unknown-reference' }]);
    await must('participation', enter([line(people[2])]));
    expect(await must('participation', request)).toEqual(first);
    const other = enter([line(people[1])], { key: 'roll' });
    expect(refusal(await may('participation', other))[1]).toBe('idempotency-key-reused');
  });

  test.each<[string, (id: string) => readonly object[], string, string]>([
    [
      '0 minutes',
      (id) => [line(id, { attendedMinutes: 0 })],
      'invalid-request',
      '#/entries/0/attendedMinutes',
    ],
    [
      'more than a day',
      (id) => [line(id, { attendedMinutes: 1441 })],
      'invalid-request',
      '#/entries/0/attendedMinutes',
    ],
    [
      'more credited',
      (id) => [line(id, { creditedMinutes: 200 })],
      'invalid-request',
      '#/entries/0/creditedMinutes',
    ],
    [
      'minutes on duty',
      (id) => [line(id, { onDuty: true })],
      'invalid-request',
      '#/entries/0/attendedMinutes',
    ],
    [
      'another’s declaration',
      (id) => [line(id, { origin: 'self-declared' })],
      'forbidden',
      '#/entries/0/origin',
    ],
    ['no number', () => [line(undefined, { phone: '12' })], 'invalid-value', '#/entries/0/phone'],
    [
      'a number of nobody',
      () => [line(undefined, { phone: '13800138099' })],
      'nobody-with-number',
      '#/entries/0/phone',
    ],
  ])('%s is refused', async (_, entries, code, pointer) => {
    const answer = refusal(await may('participation', enter(entries(people[0] ?? ''))));
    expect(answer.slice(1)).toEqual([code, [pointer]]);
  });

  test('201 lines, tomorrow, and days outside the activity are refused', async () => {
    const many = Array.from({ length: 201 }, () => line(people[0]));
    expect((await may('participation', enter(many))).status).toBe(400);
    const dated = async (date: string) =>
      refusal(
        await may(
          'participation',
          enter([line(people[0])], { params: { id: town.activityId, date } }),
        ),
      )[1];
    expect(await dated('2025-10-19')).toBe('service-date-in-future');
    expect(await dated('2025-10-16')).toBe('service-date-outside-activity');
  });

  test('what is entered more than ten working days later is marked', async () => {
    const at = (date: string) => Date.parse(`${date}T12:00:00+08:00`);
    const flags = async (id: string | undefined, date: string) =>
      (await must('participation', enter([line(id)], { at: at(date) }))).body.entries[0].flags;
    expect(await flags(people[0], '2025-10-31')).toEqual([]);
    expect(await flags(people[1], '2025-11-03')).toEqual(['late']);
  });

  test('three years later it is refused', async () => {
    const answer = await may(
      'participation',
      enter([line(people[0])], { at: noon + 4 * 366 * 86_400_000 }),
    );
    expect(refusal(answer)[1]).toBe('service-date-too-old');
  });

  test('a volunteer declares their own time only', async () => {
    const token = { sub: 'p0', role: 'volunteer' };
    const own = line(people[0], { origin: 'self-declared' });
    await must('participation', enter([own], { token }));
    const others = await may(
      'participation',
      enter([line(people[1], { origin: 'self-declared' })], { token }),
    );
    expect(refusal(others).slice(0, 2)).toEqual([403, 'forbidden']);
  });

  test('what somebody gave before they left is entered late; what came after is not', async () => {
    const leaving = Date.UTC(2025, 9, 18, 8);
    await must('volunteers', {
      route: 'POST /volunteers/{id}/deactivate',
      params: { id: people[0] ?? '' },
      body: { reason: '迁居' },
      token: admin,
      at: leaving + 86_400_000,
    });
    const at = leaving + 3 * 86_400_000;
    await must('participation', enter([line(people[0])], { at }));
    const other = await publish(town.ours, { endsOn: '2025-10-21' });
    const late = enter([line(people[0])], { at, params: { id: other, date: '2025-10-20' } });
    expect(refusal(await may('participation', late))).toEqual([
      409,
      'volunteer-not-active',
      ['#/entries/0/volunteerId'],
    ]);
  });

  test('a person is found by the numbers of a paper roll, within reach', async () => {
    const phone = '13800138001';
    const idNumber = '11010519491231002X';
    const registered = async (areaId: string, person: object) =>
      (
        await must('volunteers', {
          route: 'POST /volunteers',
          body: {
            areaId,
            consentVersion: '1',
            person: { name: '王小明', ...person },
          },
          token: { sub: `n-${areaId}`, role: 'volunteer' },
        })
      ).body.id;
    const near = await registered('hongqi', {
      phone,
      idDocument: { type: 'resident-id', number: idNumber },
    });
    const { body } = await must(
      'participation',
      enter([line(undefined, { phone: '138 0013 8001' })]),
    );
    expect(body.entries[0].volunteerId).toBe(near);
    const twice = await may('participation', enter([line(undefined, { idNumber })]));
    expect(refusal(twice)).toEqual([409, 'already-on-sheet', ['#/entries/0/idNumber']]);
    const sent = JSON.stringify(await ledger());
    for (const secret of [phone, idNumber]) expect(sent).not.toContain(secret);
  });
});

describe('verifying', () => {
  const sheet = async (entries: readonly object[] = [line(people[0]), line(people[1])]) =>
    (await must('participation', enter(entries))).body.id as string;

  test('a whole sheet, but not one’s own line nor what one entered', async () => {
    const id = await sheet();
    await must('participation', enter([line(people[2])], { token: organiserOf(town.ours, 'two') }));
    const { body } = await must(
      'participation',
      on('verify', id, { entries: 'all' }, verifierOf(town.theirs, 'two')),
    );
    expect(body.entries).toHaveLength(2);
    expect(body.refused).toMatchObject([{ volunteerId: people[2], code: 'own-entry' }]);
    const own = await may(
      'participation',
      on('verify', id, { entries: [people[2]] }, verifierOf(town.theirs, 'p2')),
    );
    expect(refusal(own)).toEqual([403, 'own-entry', ['#/entries/0']]);
    expect((await read(id)).body.sums).toMatchObject({ participations: 2, waiting: 1 });
  });

  test('a whole sheet answers no objection: that line is named, with a reason', async () => {
    const id = await sheet();
    const object = { entries: 'all', reason: '实为一百二十分钟' };
    await must('participation', on('object', id, object, { sub: 'p0', role: 'volunteer' }));
    const verifier = verifierOf(town.theirs);
    const { body } = await must('participation', on('verify', id, { entries: 'all' }, verifier));
    expect(body.entries).toMatchObject([{ volunteerId: people[1] }]);
    expect(body.refused).toMatchObject([{ volunteerId: people[0], code: 'objection-open' }]);
    const named = (more: object) => on('verify', id, { entries: [people[0]], ...more }, verifier);
    const silent = await may('participation', named({}));
    expect(refusal(silent)).toEqual([409, 'objection-open', ['#/entries/0']]);
    const answered = await must('participation', named({ reason: '签到表为六十分钟' }));
    expect(answered.body.entries).toMatchObject([{ status: 'verified', objection: null }]);
  });

  test('named lines all or none; all but some', async () => {
    const id = await sheet();
    const some = await may('participation', on('verify', id, { entries: [people[0], people[2]] }));
    expect(refusal(some)).toEqual([404, 'not-found', ['#/entries/1']]);
    const part = await must(
      'participation',
      on('verify', id, { entries: [people[0], people[2]], atomic: false }),
    );
    expect(part.body).toMatchObject({ sums: { participations: 1 }, refused: [{ entry: 1 }] });
    const rest = await must(
      'participation',
      on('verify', id, { entries: { allBut: [people[0]] } }),
    );
    expect(rest.body.sums.participations).toBe(2);
  });

  test('on an old reading is refused', async () => {
    const id = await sheet();
    await must('participation', enter([line(people[2])]));
    const stale = { ...on('verify', id, { entries: 'all' }), headers: { 'if-match': '"1"' } };
    expect((await may('participation', stale)).status).toBe(412);
  });

  test('more than eight hours takes two people, more than twelve the district with a reason', async () => {
    const id = await sheet([
      line(people[0], { attendedMinutes: 500 }),
      line(people[1], { attendedMinutes: 800 }),
    ]);
    const all = { entries: 'all' };
    const first = await must('participation', on('verify', id, { entries: [people[0]] }));
    expect(first.body.entries).toMatchObject([
      { status: 'pending', verifiedBy: ['verifier'], flags: ['long-day'] },
    ]);
    const again = await may('participation', on('verify', id, { entries: [people[0]] }));
    expect(refusal(again)[1]).toBe('second-verifier-required');
    const second = await must(
      'participation',
      on('verify', id, all, verifierOf(town.theirs, 'v2')),
    );
    expect(second.body.entries).toMatchObject([
      { volunteerId: people[0], status: 'verified', verifiedBy: ['verifier', 'v2'] },
    ]);
    expect(second.body.refused).toMatchObject([
      { volunteerId: people[1], code: 'district-required' },
    ]);
    expect(refusal(await may('participation', on('verify', id, all, admin)))[1]).toBe(
      'district-required',
    );
    const reason = '连续抗洪';
    const third = await must('participation', on('verify', id, { ...all, reason }, admin));
    expect(third.body.entries).toMatchObject([{ volunteerId: people[1], status: 'verified' }]);
    const event = (await ledger()).findLast(
      ({ type, data }) => type === 'HoursVerified' && (data as { reason: unknown }).reason !== null,
    );
    expect(event?.data).toMatchObject({ reason });
  });

  test('a person’s day is the day over all activities', async () => {
    await sheet([line(people[0], { attendedMinutes: 900 })]);
    await deliver(await ledger());
    const other = await publish(town.ours);
    const params = { id: other, date: day };
    const much = await may(
      'participation',
      enter([line(people[0], { attendedMinutes: 900 })], { params }),
    );
    expect(refusal(much)).toEqual([409, 'day-too-long', ['#/entries/0/attendedMinutes']]);
    const { body } = await must(
      'participation',
      enter([line(people[0], { attendedMinutes: 60 })], { params }),
    );
    expect(body.entries[0].flags).toEqual(['very-long-day']);
  });
});

describe('changing', () => {
  let id: string;
  beforeEach(async () => {
    id = (await must('participation', enter([line(people[0]), line(people[1])]))).body.id;
  });
  const organiser = () => organiserOf(town.ours);

  test('a correction keeps the old figures, and who corrects does not verify', async () => {
    await must('participation', on('verify', id, { entries: 'all' }));
    const entries = [{ volunteerId: people[0], creditedMinutes: 150 }];
    const { body } = await must(
      'participation',
      on('correct', id, { entries, reason: '扣除用餐' }, organiserOf(town.ours, 'two')),
    );
    expect(body.entries).toMatchObject([
      { status: 'pending', creditedMinutes: 150, enteredBy: ['organiser', 'two'], verifiedBy: [] },
    ]);
    const event = (await ledger()).find(({ type }) => type === 'HoursCorrected');
    expect(event?.data).toMatchObject({ previous: [{ creditedMinutes: 190 }], reason: '扣除用餐' });
    const own = await may(
      'participation',
      on('verify', id, { entries: [people[0]] }, verifierOf(town.theirs, 'two')),
    );
    expect(refusal(own)[1]).toBe('own-entry');
  });

  test('a line’s version serves to match, whatever happened to other lines', async () => {
    const asked = (who: number, version: number) => ({
      ...on('verify', id, { entries: [people[who]] }),
      headers: { 'if-match': `"${version}"` },
    });
    await must('participation', asked(0, 1));
    expect(refusal(await may('participation', asked(0, 1)))).toEqual([412, 'stale-version', []]);
    expect((await may('participation', asked(1, 3))).status).toBe(412);
    const { headers } = await must('participation', asked(1, 1));
    expect(headers.etag).toBe('"3"');
    const all = on('void', id, { entries: 'all', reason: '重复' }, organiser());
    const stale = { ...all, headers: { 'if-match': '"2"' } };
    expect((await may('participation', stale)).status).toBe(412);
    await must('participation', { ...all, headers: { 'if-match': '"3"' } });
  });

  test('a rejection can be reversed, or corrected with its own figures', async () => {
    const reason = '签到不符';
    await must('participation', on('reject', id, { entries: 'all', reason }));
    await must('participation', on('verify', id, { entries: [people[0]], reason: '已核实' }));
    const same = { entries: [{ volunteerId: people[1] }], reason: '照旧' };
    await must('participation', on('correct', id, same, organiser()));
    const { body } = await read(id);
    expect(body.entries.map((each: { status: string }) => each.status)).toEqual([
      'verified',
      'pending',
    ]);
  });

  test('a line moves to another day in one transaction, and back', async () => {
    const move = (from: string, serviceDate: string) =>
      on(
        'correct',
        from,
        { entries: [{ volunteerId: people[0], serviceDate }], reason: '日期有误' },
        organiser(),
      );
    await must('participation', move(id, '2025-10-17'));
    const moved = `${town.activityId}~2025-10-17~1`;
    expect((await read(moved)).body).toMatchObject({
      entries: [{ volunteerId: people[0] }],
      sums: { waiting: 1 },
    });
    expect((await read(id)).body.sums).toMatchObject({ waiting: 1 });
    await must('participation', move(moved, day));
    expect((await read(id)).body.sums).toMatchObject({ waiting: 2 });
    const sheets = await must('participation', {
      route: 'GET /activities/{id}/sheets',
      params: { id: town.activityId },
      token: organiser(),
    });
    expect(sheets.body.items.map((each: { serviceDate: string }) => each.serviceDate)).toEqual([
      '2025-10-17',
      day,
    ]);
  });

  test('who was struck out may be entered again', async () => {
    await must(
      'participation',
      on('void', id, { entries: [people[0]], reason: '重复' }, organiser()),
    );
    await must('participation', enter([line(people[0])]));
    expect((await read(id)).body.sums).toMatchObject({ waiting: 2 });
  });

  test('a volunteer objects, staff find it, and it is answered', async () => {
    const own = { sub: 'p0', role: 'volunteer' };
    const reason = '当天没有参加';
    const others = await may(
      'participation',
      on('object', id, { entries: 'all', reason }, { ...own, sub: 'x' }),
    );
    expect(others.status).toBe(403);
    await must('participation', on('verify', id, { entries: 'all' }));
    const { body } = await must(
      'participation',
      on('object', id, { entries: [people[0]], reason }, own),
    );
    expect(body.entries).toMatchObject([{ objection: { on: day, reason } }]);
    await deliver(await ledger());
    const list = async (query: Record<string, string>, token: object = organiser(), at = noon) =>
      (
        await must('participation', {
          route: 'GET /hours',
          query,
          token: token as Record<string, unknown>,
          at,
        })
      ).body.items;
    const open = { organisationId: town.ours, objected: 'true' };
    expect(await list(open)).toMatchObject([
      { volunteerId: people[0], objectedOn: day, overdue: false },
    ]);
    expect(await list({ areaId: 'demo', objected: 'true' }, admin)).toHaveLength(1);
    expect(
      await list({ areaId: 'hongqi', overdue: 'true' }, admin, noon + 20 * 86_400_000),
    ).toHaveLength(1);
    expect(await list({ volunteerId: people[0] ?? '' }, own)).toMatchObject([
      { sheetId: id, objectedOn: day },
    ]);
    await must('participation', on('verify', id, { entries: [people[0]], reason: '有签到照片' }));
    await deliver(await ledger());
    expect(await list(open)).toEqual([]);
  });

  test('a list goes on where a page ended', async () => {
    await must(
      'participation',
      enter([line(people[2])], { params: { id: town.activityId, date: '2025-10-17' } }),
    );
    await deliver(await ledger());
    const lists: Record<string, string>[] = [
      { activityId: town.activityId },
      { organisationId: town.ours, status: 'pending' },
    ];
    for (const where of lists) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await must('participation', {
          route: 'GET /hours',
          query: { ...where, limit: '1', ...(cursor ? { cursor } : {}) },
          token: organiser(),
        });
        seen.push(...body.items.map((each: { volunteerId: string }) => each.volunteerId));
        cursor = body.next;
      }
      expect(seen.sort()).toEqual([...people].sort());
    }
  });

  test('a sheet is read as it was, and by each what is theirs', async () => {
    await must('participation', on('verify', id, { entries: 'all' }));
    expect((await read(id, admin, { version: '1' })).body).toMatchObject({
      version: 1,
      sums: { waiting: 2 },
    });
    expect((await read(id, { sub: 'p0', role: 'volunteer' })).body.entries).toHaveLength(1);
    expect((await read(id, { sub: 'x', role: 'volunteer' })).status).toBe(403);
    expect(
      (await read(`${town.activityId}~2025-10-17~1`, { sub: 'x', role: 'volunteer' })).status,
    ).toBe(403);
    expect((await read(`${town.activityId}~2025-10-17~1`)).status).toBe(404);
  });
});
