import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { handler } from '../../../functions/inbound/api.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { derivedId, digest, fingerprint } from '../../../functions/runtime/ids.ts';
import { cancelled } from '../../support/aws-error.ts';
import { around } from '../../support/faults.ts';
import { type Answer, ask, noon } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  publish,
  readVolunteer,
  register,
  verifierOf,
} from '../../support/town.ts';

const minuteMs = 60_000;
const at = noon;

interface Partner {
  readonly id: string;
  readonly secret: string;
}
let town: Awaited<ReturnType<typeof foundTown>>;
let partner: Partner;

const registrations = { type: 'cn.example.join', as: 'registration' };
const hours = {
  type: 'cn.example.signin',
  as: 'hours',
  fields: {
    '/activityId': '/data/activity',
    '/serviceDate': '/data/day',
    '/volunteerId': '/data/who',
    '/phone': '/data/mobile',
    '/name': '/data/name',
    '/attendedMinutes': '/data/minutes',
  },
};
const describedBy = (more: object = {}) => ({
  description: '市志愿服务平台',
  areaIds: ['hongqi'],
  accepts: [registrations, hours],
  ...more,
});
const command = (method: string, path: string, more: object = {}) =>
  ask(handler, { route: `${method} /inbound${path}`, token: admin, ...more });
const newPartner = async (more: object = {}): Promise<Partner> => {
  const { status, body } = await command('POST', '', { body: describedBy(more) });
  expect(status).toBe(201);
  return body;
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  partner = await newPartner();
});

interface Sent {
  readonly id?: string;
  readonly by?: Partner;
  readonly secret?: string;
  readonly at?: number;
}
let messages = 0;
const sign = (body: string, { id = '', secret = '' }: { id?: string; secret?: string }) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
  'webhook-signature': new Webhook(secret).sign(id, new Date(), body),
  'content-type': 'application/cloudevents-batch+json',
});
/** Hands in events as a partner's machine does. */
const hand = (events: unknown, { by = partner, ...sent }: Sent = {}): Promise<Answer> => {
  messages += 1;
  const { id = `msg_${messages}`, secret = by.secret, at: when = at } = sent;
  const body = typeof events === 'string' ? events : JSON.stringify(events);
  return ask(handler, {
    route: 'POST /inbound/{partner}',
    params: { partner: by.id },
    body,
    headers: sign(body, { id, secret }),
    key: null,
    at: when,
  });
};

const event = (id: string, type: string, data: object) => ({
  ...{ specversion: '1.0', id, source: '/platform', type, data },
});
const joined = (id: string, more: object = {}) =>
  event(id, registrations.type, {
    areaId: 'hongqi',
    consentVersion: '2025-1',
    person: { name: '王小锋', phone: '13800138001' },
    ...more,
  });
const gave = (id: string, more: object = {}) =>
  event(id, hours.type, {
    ...{ activity: town.activityId, day: '2025-10-18', who: town.volunteerId, minutes: 90 },
    ...more,
  });

const resultOf = ({ body }: Answer, index = 0) => body.results[index];
const refusalsOf = ({ body }: Answer): readonly (string | null)[] =>
  body.results.map(({ problem }: { problem: { type: string } | null }) =>
    problem === null ? null : problem.type.replace('urn:leifeng:problem:', ''),
  );
const eventsOf = async (type: string) =>
  (await ledger()).filter((each) => (each.type as string) === type);
const sheet = async (id: string) =>
  (
    await must('participation', {
      route: 'GET /sheets/{id}',
      params: { id },
      token: verifierOf(town.theirs),
    })
  ).body;

describe('hours', () => {
  test('wait for a verifier of another organisation, as imported, by the partner', async () => {
    const answer = await hand([gave('h-1')]);
    expect(answer).toMatchObject({ status: 200, body: { items: 1, applied: 1, refused: 0 } });
    const { sheetId, volunteerId } = resultOf(answer);
    expect(volunteerId).toBe(town.volunteerId);
    expect((await sheet(sheetId)).entries).toMatchObject([
      {
        volunteerId: town.volunteerId,
        ...{ origin: 'import', status: 'pending', attendedMinutes: 90, creditedMinutes: 90 },
        enteredBy: [partner.id],
      },
    ]);
    const verify = { route: 'POST /sheets/{id}/verify', params: { id: sheetId } };
    const body = { entries: 'all' };
    expect(
      (await may('participation', { ...verify, body, token: organiserOf(town.ours) })).status,
    ).toBe(403);
    expect(
      (await may('participation', { ...verify, body, token: verifierOf(town.ours) })).status,
    ).toBe(403);
    await must('participation', { ...verify, body, token: verifierOf(town.theirs) });
    expect((await sheet(sheetId)).sums.creditedMinutes).toBe(90);
  });

  test('replayed five times, also at the same moment and in other batches, stand once', async () => {
    const batch = [gave('h-1'), joined('r-1')];
    const first = await hand(batch, { id: 'msg_a' });
    const again = await Promise.all(Array.from({ length: 4 }, () => hand(batch, { id: 'msg_a' })));
    for (const each of again) expect(each).toEqual(first);
    const inAnother = await hand([...batch].reverse(), { id: 'msg_b' });
    expect(inAnother.body).toMatchObject({ applied: 2 });
    expect(resultOf(inAnother, 1)).toEqual({ ...resultOf(first), index: 1 });
    expect(await eventsOf('HoursLogged')).toHaveLength(1);
    expect((await sheet(resultOf(first).sheetId)).sums).toMatchObject({ waiting: 1 });
    expect(await eventsOf('VolunteerRegistered')).toHaveLength(2);
    expect(await eventsOf('InboundBatchReceived')).toHaveLength(2);
  });

  test('handed in five times at the same moment for the first time stand once', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => hand([gave('h-1'), joined('r-1')], { id: 'msg_a' })),
    );
    for (const each of all) expect(each.status === 200 || each.status === 409).toBe(true);
    expect(await eventsOf('VolunteerRegistered')).toHaveLength(2);
    const { sheetId } = resultOf(await hand([gave('h-1'), joined('r-1')], { id: 'msg_a' }));
    expect((await sheet(sheetId)).entries).toHaveLength(1);
  });

  test('under the id of an event that said something else are refused', async () => {
    await hand([gave('h-1')]);
    const other = await hand([gave('h-1', { minutes: 120 })]);
    expect(refusalsOf(other)).toEqual(['event-applied']);
  });

  test('under the id of an event that was applied elsewhere, or as something else, are refused', async () => {
    const { results } = (await hand([gave('h-1'), joined('r-1')])).body;
    const again = publish(town.ours, { title: '复诊' });
    const answers = [
      await hand([gave('h-1', { day: '2025-10-17' })]),
      await hand([gave('h-1', { activity: await again })]),
      await hand([joined('h-1'), gave('r-1', { day: '2025-10-17' })]),
    ];
    for (const each of answers)
      for (const code of refusalsOf(each)) expect(code).toBe('event-applied');
    const both = [gave('h-2', { activity: await again }), gave('h-2', { day: '2025-10-17' })];
    expect([...refusalsOf(await hand(both))].sort()).toEqual(['event-applied', null]);
    expect(await eventsOf('HoursLogged')).toHaveLength(2);
    expect(await eventsOf('VolunteerRegistered')).toHaveLength(2);
    // And it gets its first answer for good.
    expect(resultOf(await hand([gave('h-1')])).sheetId).toBe(results[0].sheetId);
  });

  test('of an event that was applied stay, when its table is mended afterwards', async () => {
    await hand([gave('h-1', { wrong: '2025-10-17' })]);
    await command('PATCH', '/{partner}', {
      params: { partner: partner.id },
      body: {
        accepts: [{ ...hours, fields: { ...hours.fields, '/serviceDate': '/data/wrong' } }],
      },
    });
    expect(refusalsOf(await hand([gave('h-1', { wrong: '2025-10-17' })]))).toEqual([
      'event-applied',
    ]);
    expect(await eventsOf('HoursLogged')).toHaveLength(1);
  });

  test('that were refused may come again under their id, with what was wrong mended', async () => {
    expect(refusalsOf(await hand([gave('h-1', { day: '2025-10-30' })]))).toEqual([
      'service-date-in-future',
    ]);
    expect(refusalsOf(await hand([gave('h-1')]))).toEqual([null]);
  });

  test('are found by a number only with the name beside it, and only in the areas', async () => {
    await must('volunteers', {
      route: 'POST /volunteers',
      body: {
        ...{ areaId: 'hongqi', consentVersion: '1' },
        person: { name: '李四', phone: '13900139000' },
      },
      token: { sub: 'li', role: 'volunteer' },
    });
    await must('organisations', {
      route: 'PUT /areas/{id}',
      params: { id: 'xinhua' },
      body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
      token: admin,
    });
    await must('volunteers', {
      route: 'POST /volunteers',
      body: {
        ...{ areaId: 'xinhua', consentVersion: '1' },
        person: { name: '赵六', phone: '13900139001' },
      },
      token: { sub: 'zhao', role: 'volunteer' },
    });
    const outside = (
      await must('volunteers', {
        route: 'POST /volunteers',
        body: { areaId: 'xinhua', consentVersion: '1' },
        token: { sub: 'sun', role: 'volunteer' },
      })
    ).body.id;
    expect(refusalsOf(await hand([gave('0', { who: outside })]))).toEqual(['unknown-reference']);
    const by = (id: string, mobile: string, name?: string) =>
      gave(id, { who: undefined, mobile, name });
    const answer = await hand([
      by('1', '13900139000', '李四'),
      by('2', '13900139000'),
      by('3', '13900139000', '王五'),
      by('4', '13900139001', '赵六'),
      by('5', '13900139009', '李四'),
    ]);
    expect(refusalsOf(answer)).toEqual([
      null,
      'name-required',
      'nobody-with-number',
      'nobody-with-number',
      'nobody-with-number',
    ]);
  });

  test('of activities elsewhere, or of another organisation than its own, are refused', async () => {
    const elsewhere = await newPartner({ areaIds: ['demo'], organisationId: town.theirs });
    expect(refusalsOf(await hand([gave('h-1')], { by: elsewhere }))).toEqual(['forbidden']);
    await must('organisations', {
      route: 'PUT /areas/{id}',
      params: { id: 'xinhua' },
      body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
      token: admin,
    });
    const xinhua = await newPartner({ areaIds: ['xinhua'] });
    expect(refusalsOf(await hand([gave('h-1')], { by: xinhua }))).toEqual(['forbidden']);
    const ours = await newPartner({ areaIds: ['demo'], organisationId: town.ours });
    expect(refusalsOf(await hand([gave('h-1')], { by: ours }))).toEqual([null]);
  });
});

describe('registrations', () => {
  test('wait for the person, who confirms with the code of the answer', async () => {
    const answer = await hand([joined('r-1')]);
    const { volunteerId, confirmationCode } = resultOf(answer);
    expect(await readVolunteer(volunteerId)).toMatchObject({
      ...{ status: 'pending', registeredBy: 'import', areaId: 'hongqi' },
    });
    const confirm = {
      route: 'POST /volunteers/{id}/confirm',
      params: { id: volunteerId },
      token: { sub: 'wang', role: 'volunteer' },
    };
    const body = { code: confirmationCode, consentVersion: '2025-1' };
    await must('volunteers', { ...confirm, body });
    expect(await readVolunteer(volunteerId)).toMatchObject({ status: 'active' });
    const given = gave('h-1', { who: undefined, mobile: '138 0013 8001', name: '王小锋' });
    expect(resultOf(await hand([given])).volunteerId).toBe(volunteerId);
  });

  test('take no number away from somebody whom staff registered', async () => {
    const person = { name: '钱七', phone: '13900139002' };
    const { id, confirmationCode: code } = (
      await must('volunteers', {
        route: 'POST /volunteers',
        body: { areaId: 'hongqi', consentVersion: '1', person },
        token: organiserOf(town.ours),
      })
    ).body;
    await must('volunteers', {
      route: 'POST /volunteers/{id}/confirm',
      params: { id },
      body: { code, consentVersion: '1' },
      token: { sub: 'qian', role: 'volunteer' },
    });
    await hand([joined('r-1', { person: { name: '冒名', phone: '13900139002' } })]);
    const given = gave('h-1', { who: undefined, mobile: '13900139002', name: '钱七' });
    expect(resultOf(await hand([given])).volunteerId).toBe(id);
  });

  test('outside its areas are refused', async () => {
    expect(refusalsOf(await hand([joined('r-1', { areaId: 'demo' })]))).toEqual(['forbidden']);
  });
});

describe('a batch', () => {
  test('that is half valid is applied by half, and says of each item what is wrong', async () => {
    const answer = await hand([
      joined('r-1'),
      joined('r-2', { consentVersion: undefined }),
      event('x-1', 'cn.example.other', {}),
      { specversion: '0.3', id: 'y-1' },
      'nothing',
      gave('h-1', { minutes: -1 }),
      gave('h-2', { day: '2025-10-30' }),
      gave('h-3'),
    ]);
    expect(refusalsOf(answer)).toEqual([
      null,
      'invalid-request',
      'type-not-accepted',
      'invalid-request',
      'invalid-request',
      'invalid-request',
      'service-date-in-future',
      null,
    ]);
    expect(answer.body).toMatchObject({ items: 8, applied: 2, refused: 6 });
    expect(resultOf(answer, 1).problem.errors).toMatchObject([{ pointer: '#/consentVersion' }]);
    expect(resultOf(answer, 5).problem.errors).toMatchObject([{ pointer: '#/attendedMinutes' }]);
  });

  test('is said in the language of its sender', async () => {
    const body = JSON.stringify([event('x-1', 'cn.example.other', {})]);
    const asked = {
      route: 'POST /inbound/{partner}',
      params: { partner: partner.id },
      ...{ body, key: null },
    };
    const signed = sign(body, { id: 'msg_l', secret: partner.secret });
    const inEnglish = { ...signed, 'accept-language': 'en' };
    const { body: english } = await ask(handler, { ...asked, headers: inEnglish });
    const { body: chinese } = await ask(handler, { ...asked, headers: signed });
    expect(english.results[0].problem.title).toBe('Type not accepted');
    expect(chinese.results[0].problem.title).toBe('不接受该类事件');
  });

  test('leaves nothing in the Ledger by which its events could be found by trying', async () => {
    const event = joined('13800138001');
    await hand([event], { id: '13800138001' });
    const { Items = [] } = await dynamodb.send(
      new ScanCommand({ TableName: process.env.LEDGER_TABLE }),
    );
    const kept = JSON.stringify(Items);
    const command = { as: 'registration', body: event.data };
    for (const tried of [
      fingerprint('inbound', partner.id, '/platform', '13800138001'),
      derivedId('inbound-batch', partner.id, '13800138001'),
      fingerprint('', 'POST', `/inbound/${partner.id}`, '13800138001'),
      fingerprint('13800138001', digest(Buffer.from(JSON.stringify([event])))),
      fingerprint(JSON.stringify(command)),
    ])
      expect(kept).not.toContain(tried);
  });

  test('leaves nothing of what it said in its events, and is listed with what became of it', async () => {
    const { body } = await hand([joined('r-1'), gave('h-1', { minutes: -1 })]);
    const [received] = await eventsOf('InboundBatchReceived');
    expect(received?.data).toEqual({
      batch: { partnerId: partner.id, items: 2, applied: 1, refused: 1 },
    });
    await deliver(await ledger());
    const path = { params: { partner: partner.id } };
    const listed = await command('GET', '/{partner}/batches', path);
    expect(listed.body.items).toMatchObject([{ id: body.id, items: 2, applied: 1, refused: 1 }]);
    const params = { partner: partner.id, id: body.id };
    const read = await command('GET', '/{partner}/batches/{id}', { params });
    expect(read.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'applied',
      'refused',
    ]);
    expect(resultOf(read)).toEqual(resultOf({ ...read, body }));
  });

  test.each([
    ['of nothing', '[]', 'batch-size'],
    ['of too many', JSON.stringify(Array.from({ length: 101 }, (_, n) => n)), 'batch-size'],
    ['that is no JSON', '[{', 'malformed-json'],
    ['with a name twice', '[{"id": "a", "id": "b"}]', 'invalid-request'],
    ['of more than 256 KB', `["${'x'.repeat(257 * 1024)}"]`, 'body-too-large'],
  ])('%s is refused as a whole', async (_, body, code) => {
    const answer = await hand(body);
    expect(answer.body.type).toBe(`urn:leifeng:problem:${code}`);
    expect(await eventsOf('InboundBatchReceived')).toEqual([]);
  });

  test('under the id of another message is refused', async () => {
    await hand([joined('r-1')], { id: 'msg_a' });
    const other = await hand([joined('r-2')], { id: 'msg_a' });
    expect(other).toMatchObject({
      status: 422,
      body: { type: 'urn:leifeng:problem:idempotency-key-reused' },
    });
    expect(await eventsOf('VolunteerRegistered')).toHaveLength(2);
  });

  test('is one event too', async () => {
    expect((await hand(gave('h-1'))).body).toMatchObject({ items: 1, applied: 1 });
  });

  test('beyond the quota of the day waits for the next one', async () => {
    const small = await newPartner({ itemsPerDay: 3 });
    expect((await hand([joined('1'), joined('2')], { by: small })).status).toBe(200);
    const tooMany = await hand([joined('3'), joined('4')], { by: small, id: 'msg_q' });
    expect(tooMany).toMatchObject({
      status: 429,
      body: { type: 'urn:leifeng:problem:too-many-items' },
    });
    expect((await hand([joined('3')], { by: small })).status).toBe(200);
    const tomorrow = { by: small, at: at + 24 * 60 * minuteMs, id: 'msg_q' };
    expect((await hand([joined('3'), joined('4')], tomorrow)).body).toMatchObject({ applied: 2 });
    // What broke off is counted once.
    const twice = await newPartner({ itemsPerDay: 2 });
    const faults = around('TransactWriteCommand', {
      after: (call) => {
        if (call === 1) throw new Error('the connection broke');
      },
    });
    const first = await hand([joined('1'), joined('2')], { by: twice, id: 'msg_once' });
    faults.mockRestore();
    const again = await hand([joined('1'), joined('2')], { by: twice, id: 'msg_once' });
    expect([first.status, again.body]).toEqual([500, expect.objectContaining({ applied: 2 })]);
    const never = [joined('5'), joined('6'), joined('7'), joined('8')];
    expect((await hand(never, { by: small })).status).toBe(429);
  });
});

test('batches of a partner that come at the same moment wait for each other’s count', async () => {
  const meetAt = (most: number) =>
    around('TransactWriteCommand', {
      before: (call) => {
        if (call <= most) throw cancelled('None', 'TransactionConflict');
      },
    });
  const some = meetAt(3);
  expect((await hand([joined('1')])).status).toBe(200);
  some.mockRestore();
  const all = meetAt(100);
  expect(await hand([joined('2')], { id: 'msg_m' })).toMatchObject({
    status: 409,
    body: { type: 'urn:leifeng:problem:conflict' },
  });
  all.mockRestore();
  expect((await hand([joined('2')], { id: 'msg_m' })).body).toMatchObject({ applied: 1 });
});

describe('a batch that breaks off', () => {
  const countOf = async (type: string) => (await eventsOf(type)).length;
  const applied = async () => ({
    entered: await countOf('HoursLogged'),
    registered: await countOf('VolunteerRegistered'),
    batches: await countOf('InboundBatchReceived'),
  });

  test.each(
    (['before', 'after'] as const).flatMap((when) =>
      (['PutCommand', 'TransactWriteCommand'] as const).map((write) => [when, write] as const),
    ),
  )('%s any %s goes on when it comes again, and is applied once', async (when, write) => {
    for (let broken = 1; broken <= 5; broken += 1) {
      const who = await register(`person-${broken}`);
      const batch = [
        joined(`r-${broken}`),
        gave(`h-${broken}`, { who }),
        joined(`s-${broken}`, { person: { name: '李小红' } }),
      ];
      const start = await applied();
      const fail = (call: number) => {
        if (call === broken) throw new Error('the connection broke');
      };
      const faults = around(write, when === 'before' ? { before: fail } : { after: fail });
      const id = `msg_${broken}`;
      const first = await hand(batch, { id });
      faults.mockRestore();
      expect([200, 500]).toContain(first.status);
      expect((await hand(batch, { id })).body).toMatchObject({ items: 3, applied: 3 });
      const end = await applied();
      expect({ broken, ...end }).toEqual({
        broken,
        entered: start.entered + 1,
        registered: start.registered + 2,
        batches: start.batches + 1,
      });
    }
  });
});

describe('a partner', () => {
  test.each([
    ['without a signature', {}],
    ['with that of another secret', { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
  ])('%s is refused, and so is one that is not there, alike', async (_, { secret }: Sent) => {
    const body = JSON.stringify([joined('r-1')]);
    const headers = secret ? sign(body, { id: 'msg_x', secret }) : {};
    const answers = await Promise.all(
      [partner.id, '0198c0de-0000-7000-8000-00000000dead'].map((id) =>
        ask(handler, {
          route: 'POST /inbound/{partner}',
          params: { partner: id },
          ...{ body, headers, key: null },
        }),
      ),
    );
    const [there, absent] = answers;
    expect(there).toMatchObject({
      status: 401,
      body: { type: 'urn:leifeng:problem:invalid-signature' },
    });
    expect(absent).toEqual(there);
    expect(await eventsOf('VolunteerRegistered')).toHaveLength(1);
  });

  test('does nothing by a token with the role of a partner', async () => {
    const token = { sub: partner.id, role: 'partner', organisation: town.ours, area: 'hongqi' };
    const entered = await may('participation', {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: town.activityId, date: '2025-10-18' },
      body: {
        entries: [{ volunteerId: town.volunteerId, attendedMinutes: 60, origin: 'import' }],
      },
      token,
    });
    const registered = await may('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1' },
      token,
    });
    expect([entered.status, registered.status]).toEqual([403, 403]);
  });

  test('changes its secret with the old one good beside it for a while', async () => {
    const rotated = await command('POST', '/{partner}/rotate-secret', {
      params: { partner: partner.id },
      body: { overlapHours: 1 },
    });
    const { secret } = rotated.body;
    const later = at + 61 * minuteMs;
    expect((await hand([joined('1')])).status).toBe(200);
    expect((await hand([joined('2')], { secret })).status).toBe(200);
    expect((await hand([joined('3')], { at: later })).status).toBe(401);
    expect((await hand([joined('3')], { secret, at: later })).status).toBe(200);
  });

  test('that is paused is told so, and one that is deleted is as if it were not there', async () => {
    const params = { partner: partner.id };
    await command('PATCH', '/{partner}', { params, body: { status: 'paused' } });
    expect((await hand([joined('1')])).body.type).toBe('urn:leifeng:problem:partner-paused');
    await command('PATCH', '/{partner}', { params, body: { status: 'active' } });
    expect((await hand([joined('1')])).status).toBe(200);
    expect((await command('DELETE', '/{partner}', { params })).status).toBe(200);
    expect((await hand([joined('2')])).status).toBe(401);
    expect((await command('GET', '/{partner}', { params })).status).toBe(404);
    await deliver(await ledger());
    expect((await command('GET', '')).body.items).toEqual([]);
  });

  test('shows its secret once, and to a repeated request', async () => {
    const body = describedBy();
    const first = await command('POST', '', { body, key: 'same' });
    expect(await command('POST', '', { body, key: 'same' })).toEqual(first);
    const { body: read } = await command('GET', '/{partner}', {
      params: { partner: first.body.id },
    });
    expect(JSON.stringify(read)).not.toContain('whsec_');
    expect(JSON.stringify(await ledger())).not.toContain(first.body.secret);
  });

  test('is tried out with an event, without anything being applied', async () => {
    const before = (await ledger()).length;
    const tried = await command('POST', '/{partner}/try', {
      params: { partner: partner.id },
      body: { event: gave('h-1', { who: undefined, mobile: '13900139000', name: '李四' }) },
    });
    expect(tried.body).toEqual({
      as: 'hours',
      command: {
        activityId: town.activityId,
        serviceDate: '2025-10-18',
        body: {
          atomic: true,
          entries: [
            {
              ...{ phone: '13900139000', name: '李四', attendedMinutes: 90 },
              ...{ onDuty: false, origin: 'import' },
            },
          ],
        },
      },
    });
    expect((await ledger()).length).toBe(before);
  });

  test.each([
    ['an area that is not there', { areaIds: ['nowhere'] }, 'unknown-reference'],
    ['no area', { areaIds: [] }, 'invalid-request'],
    ['a type twice', { accepts: [hours, hours] }, 'invalid-request'],
    [
      'a table and an expression',
      { accepts: [{ ...hours, expression: 'data' }] },
      'invalid-request',
    ],
    [
      'an expression that is none',
      { accepts: [{ ...registrations, expression: '{"a": ' }] },
      'invalid-value',
    ],
    [
      'a target that no command takes',
      { accepts: [{ ...registrations, fields: { '/constructor/prototype': '/data' } }] },
      'invalid-value',
    ],
    [
      'a target within another one',
      { accepts: [{ ...registrations, fields: { '/person': '/data', '/person/name': '/data' } }] },
      'invalid-value',
    ],
    [
      'a target that is no field',
      { accepts: [{ ...registrations, fields: { '/__proto__/a': '/data' } }] },
      'invalid-request',
    ],
  ])('is not made with %s', async (_, more, code) => {
    const { body } = await command('POST', '', { body: describedBy(more) });
    expect(body.type).toBe(`urn:leifeng:problem:${code}`);
  });
});
