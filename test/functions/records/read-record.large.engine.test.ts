import '../../support/tables.ts';

import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { personKey, putSealed } from '../../../functions/people/people.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { peopleTable } from '../../../functions/runtime/settings.ts';
import { pointerKey } from '../../../functions/views/generations.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  plan,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
const person = {
  name: '雷<i>锋</i>',
  sex: 'male',
  birthDate: '1990-03-05',
  idDocument: { type: 'resident-id', number: '11010519900305123X' },
  phone: '13800138000',
  skills: ['驾驶', '急救'],
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  await putSealed(personKey(town.volunteerId), person);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const lei = { sub: 'lei', role: 'volunteer' };
const read = (token: Readonly<Record<string, string>>, query: Record<string, string> = {}) => ({
  route: 'GET /volunteers/{id}/record',
  params: { id: town.volunteerId },
  query,
  token,
});
const asPage = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };
const problem = ({ status, body }: { status: number; body: { type?: string } }) => [
  status,
  body.type?.replace('urn:leifeng:problem:', ''),
];

const enter = async (entry: object, date: string, activityId = town.activityId) =>
  (
    await must('participation', {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: activityId, date },
      body: { entries: [{ volunteerId: town.volunteerId, origin: 'leader-roll', ...entry }] },
      token: organiserOf(town.ours),
    })
  ).body.id as string;
/** Enters the person on the sheet of a day. Returns the sheet's id. */
const log = (attendedMinutes: number, date = '2025-10-18', activityId?: string) =>
  enter({ attendedMinutes }, date, activityId);
const verify = (id: string) =>
  must('participation', {
    route: 'POST /sheets/{id}/verify',
    params: { id },
    body: { entries: 'all' },
    token: verifierOf(town.theirs),
  });

/** Enters the person on this many days, a minute more each day. Returns the sheets' ids, newest first. */
const logDays = async (count: number): Promise<readonly string[]> => {
  const first = Date.UTC(2025, 7, 1);
  const dayOf = (n: number) => new Date(first + n * 86_400_000).toISOString().slice(0, 10);
  const { body } = await must('activities', {
    route: 'POST /activities',
    body: { ...plan, startsOn: dayOf(0), endsOn: dayOf(count - 1), organisationId: town.ours },
    token: organiserOf(town.ours),
  });
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.unshift(await log(60 + n, dayOf(n), body.id));
  return ids;
};

const put = async (kind: string, body: object) =>
  (
    await must('records', {
      route: `POST /volunteers/{id}/${kind}`,
      params: { id: town.volunteerId },
      body: { organisationId: town.ours, date: '2025-10-11', ...body },
      token: organiserOf(town.ours),
    })
  ).body.id as string;

/** A verified service of 100 minutes, one that waits, and an entry of each other kind. */
const fill = async () => {
  await verify(await log(100));
  await log(61, '2025-10-17');
  await put('trainings', { name: '急救<培训>', content: '心肺复苏', studyMinutes: 50 });
  await put('commendations', { name: '优秀志愿者', awardedBy: '区文明办' });
  await put('evaluations', { quality: 'good', activityId: town.activityId });
  await deliver(await ledger());
};

/** The commands sent while something runs; not how often the generation is asked for. */
const sent = async (run: () => Promise<unknown>): Promise<readonly string[]> => {
  const spy = jest.spyOn(dynamodb, 'send');
  await run();
  const commands = spy.mock.calls.map(([command]) => command);
  spy.mockRestore();
  return commands
    .filter(({ input }) => (input as { Key?: { pk?: string } }).Key?.pk !== pointerKey.pk)
    .map((command) => command.constructor.name)
    .sort();
};

const accessLog = async () => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: peopleTable(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :access)',
      ExpressionAttributeValues: { ':pk': personKey(town.volunteerId).pk, ':access': 'access#' },
    }),
  );
  return Items;
};

test('five blocks, for the person', async () => {
  await fill();
  const { body } = await must('records', read(lei));
  expect(body.basic).toEqual({
    ...person,
    idDocument: '11010519900305123X',
    areaId: 'hongqi',
    area: '红旗街道',
    serviceCategories: [],
    tags: ['party-member'],
    registeredOn: '2025-10-18',
  });
  expect(body.service.totals).toEqual({
    verified: { entries: 1, minutes: 100, hours: '1.67' },
    pending: { entries: 1, minutes: 61, hours: '1.02' },
    rejected: { entries: 0, minutes: 0, hours: '0.00' },
    voided: { entries: 0, minutes: 0, hours: '0.00' },
  });
  expect(body.service.items).toMatchObject([
    {
      activity: '义诊',
      content: '量血压',
      date: '2025-10-18',
      area: '红旗街道',
      hours: '1.67',
      organisation: '红旗社区居民委员会',
      status: 'verified',
    },
    { date: '2025-10-17', hours: '1.02', status: 'pending' },
  ]);
  expect(body.trainings.items).toMatchObject([{ name: '急救<培训>', studyHours: '0.83' }]);
  expect(body.commendations.items).toMatchObject([{ name: '优秀志愿者', awardedBy: '区文明办' }]);
  expect(body.evaluations.items).toMatchObject([
    { quality: 'good', activity: '义诊', organisation: '红旗社区居民委员会' },
  ]);
  expect(await accessLog()).toEqual([]);
});

test('a line of somebody on duty is on the record without hours, and one struck out with its status', async () => {
  const onDuty = await enter({ onDuty: true }, '2025-10-18');
  await verify(onDuty);
  const struck = await log(30, '2025-10-17');
  const reason = { entries: [town.volunteerId], reason: '重复' };
  await must('participation', {
    route: 'POST /sheets/{id}/void',
    params: { id: struck },
    body: reason,
    token: organiserOf(town.ours),
  });
  await deliver(await ledger());
  const { service } = (await must('records', read(lei))).body;
  expect(service.items).toMatchObject([
    { sheetId: onDuty, onDuty: true, minutes: 0, hours: '0.00', status: 'verified' },
    { sheetId: struck, onDuty: false, minutes: 30, hours: '0.50', status: 'voided' },
  ]);
  expect(service.totals).toMatchObject({
    verified: { entries: 1, minutes: 0 },
    pending: { entries: 0, minutes: 0 },
    voided: { entries: 1, minutes: 30 },
  });
  const page = await must('records', { ...read(lei), headers: asPage });
  expect(page.body).toContain('在岗，不计时长');
});

test('one query for each block, and as many for a longer record', async () => {
  await fill();
  // The volunteer and five levels of stars from the Ledger, four blocks; the person; the names.
  const once = ['BatchGetCommand', 'GetCommand', ...Array(10).fill('QueryCommand')];
  expect(await sent(() => must('records', read(lei)))).toEqual(once);
  await logDays(40);
  await deliver(await ledger());
  expect(await sent(() => must('records', read(lei)))).toEqual(once);
  // Staff: the line in the access log.
  const staff = await sent(() => must('records', read(admin, { reason: 'certificate' })));
  expect(staff).toEqual([...once.slice(0, 2), 'PutCommand', ...once.slice(2)].sort());
  // A later page of services: the volunteer, the page, the names.
  const { next } = (await must('records', read(lei))).body.service;
  expect(await sent(() => must('records', read(lei, { cursor: next })))).toEqual([
    'BatchGetCommand',
    'QueryCommand',
    'QueryCommand',
  ]);
});

test('pages of services come one after another, each line once; totals are of the whole', async () => {
  const ids = await logDays(7);
  await deliver(await ledger());
  const seen: string[] = [];
  let query: Record<string, string> = { limit: '3' };
  for (let pages = 1; ; pages += 1) {
    const { body } = await must('records', read(lei, query));
    seen.push(...body.service.items.map(({ sheetId }: { sheetId: string }) => sheetId));
    if (pages === 1)
      expect(body.service.totals.pending).toMatchObject({ entries: 7, minutes: 441 });
    else expect([body.basic, body.trainings, body.service.totals]).toEqual([null, null, null]);
    if (body.service.next === null) break;
    query = { limit: '3', cursor: body.service.next };
  }
  expect(seen).toEqual(ids);
});

test('a page of another block', async () => {
  for (const name of ['甲', '乙', '丙']) await put('commendations', { name });
  await deliver(await ledger());
  const first = (await must('records', read(lei, { block: 'commendations', limit: '2' }))).body;
  expect([first.basic, first.service, first.commendations.items.length]).toEqual([null, null, 2]);
  const cursor = first.commendations.next;
  const { body } = await must('records', read(lei, { block: 'commendations', limit: '2', cursor }));
  expect([body.commendations.items.length, body.commendations.next]).toEqual([1, null]);
  const wrong = await may('records', read(lei, { block: 'trainings', cursor }));
  expect(problem(wrong)).toEqual([400, 'invalid-cursor']);
});

describe('who may', () => {
  test.each(['verifier', 'auditor', 'requester', 'partner', 'volunteer'])(
    'not a %s',
    async (role) => {
      const token = { sub: 'x', role, organisation: town.ours };
      for (const route of ['record', 'export'])
        expect(
          problem(
            await may('records', {
              ...read(token, { reason: 'support' }),
              route: `GET /volunteers/{id}/${route}`,
            }),
          ),
        ).toEqual([403, 'forbidden']);
      expect(await accessLog()).toEqual([]);
    },
  );

  test('staff with a reason, which is logged; not without, nor with a text of their own', async () => {
    const organiser = organiserOf(town.ours);
    expect(problem(await may('records', read(organiser)))).toEqual([403, 'reason-required']);
    expect((await may('records', read(organiser, { reason: '好奇' }))).status).toBe(400);
    const { body } = await must('records', read(organiser, { reason: 'certificate' }));
    expect(body.basic.idDocument).toBe('**************123X');
    expect(await accessLog()).toMatchObject([
      { actorId: 'organiser', role: 'organiser', reason: 'certificate', what: 'record' },
    ]);
    const district = await must('records', read(admin, { reason: 'support' }));
    expect(district.body.basic.idDocument).toBe('11010519900305123X');
  });

  test('the export: not an organiser', async () => {
    const refused = await may('records', {
      ...read(organiserOf(town.ours), { reason: 'support' }),
      route: 'GET /volunteers/{id}/export',
    });
    expect(problem(refused)).toEqual([403, 'forbidden']);
  });
});

describe('the page', () => {
  test('has everything escaped, loads and runs nothing', async () => {
    await fill();
    const { headers, body } = await must('records', { ...read(lei), headers: asPage });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'Accept, Accept-Language' });
    for (const text of [
      '雷&lt;i&gt;锋&lt;/i&gt;',
      '急救&lt;培训&gt;',
      '11010519900305123X',
      '义诊',
      '累计服务时长 1 时 40 分（1 条）',
      '待核 1 时 1 分（1 条）',
      '良好',
      '区文明办',
      '一、基本信息',
      '二、服务信息',
      '三、培训信息',
      '四、表彰奖励信息',
      '五、评价信息',
    ])
      expect(body).toContain(text);
    expect(body).not.toMatch(
      /<i>|<script|<img|<link|<iframe|\ssrc=|\shref="(?![/#])|\son\w+=|url\(|@import/i,
    );
  });

  test('is in English for who prefers that, and masks for an organiser', async () => {
    const { headers, body } = await must('records', {
      ...read(organiserOf(town.ours), { reason: 'certificate' }),
      headers: { ...asPage, 'accept-language': 'en-GB,en;q=0.9' },
    });
    expect(headers['content-language']).toBe('en');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('Volunteer service record');
    expect(body).toContain('**************123X');
    expect(body).not.toContain('11010519900305123X');
  });

  test('a refusal is a page too', async () => {
    const refused = await may('records', {
      ...read(organiserOf(town.ours)),
      headers: asPage,
    });
    expect([refused.status, refused.headers['content-type'], refused.body]).toEqual([
      403,
      'text/html; charset=utf-8',
      expect.stringContaining('须说明查阅事由'),
    ]);
  });
});

describe('the export', () => {
  const ask = (
    query: Record<string, string> = {},
    token: Readonly<Record<string, string>> = lei,
  ) => ({
    ...read(token, query),
    route: 'GET /volunteers/{id}/export',
  });

  test('has what was put in every place', async () => {
    await fill();
    const { body: team } = await must('teams', {
      route: 'POST /teams',
      body: {
        name: '义诊队',
        specialty: 'medical',
        areaId: 'hongqi',
        organisationId: town.ours,
        joining: 'open',
      },
      token: organiserOf(town.ours),
    });
    await must('teams', {
      route: 'POST /teams/{id}/members',
      params: { id: team.id },
      body: {},
      token: lei,
    });
    await deliver(await ledger());
    const { pk } = personKey(town.volunteerId);
    await putSealed({ pk, sk: 'notice#1' }, { text: '标记-通知' });
    await dynamodb.send(
      new PutCommand({
        TableName: peopleTable(),
        Item: { pk, sk: 'approval#x', readerId: '标记-批准' },
      }),
    );
    await must('records', read(admin, { reason: 'certificate' }));
    const { body } = await must('records', ask());
    const text = JSON.stringify(body);
    for (const marked of [
      ...['雷<i>锋</i>', '11010519900305123X', '13800138000', '1990-03-05', '急救', 'male'],
      ...['标记-通知', '标记-批准', '"reason":"certificate"'],
      ...['VolunteerRegistered', '"purpose":"service-record"', '"party-member"'],
      ...['急救<培训>', '优秀志愿者', '区文明办', '"quality":"good"'],
      `"teamId":"${team.id}"`,
      ...['"creditedMinutes":100', '"creditedMinutes":61'],
    ])
      expect(text).toContain(marked);
    expect(body.next).toBeNull();
    expect(body.held.person).toEqual(person);
    expect(body.held.volunteer).toMatchObject({ status: 'active', version: 1 });
  });

  test('has each line with where it counts, and names nobody else', async () => {
    const sheet = await log(100);
    await verify(sheet);
    const objection = { entries: 'all', reason: '当天没有参加' };
    await must('participation', {
      route: 'POST /sheets/{id}/object',
      params: { id: sheet },
      body: objection,
      token: lei,
    });
    const onDuty = await enter({ onDuty: true }, '2025-10-17');
    await deliver(await ledger());
    const { body } = await must('records', ask());
    const place = {
      activityId: town.activityId,
      organisationId: town.ours,
      teamId: null,
      areaId: 'hongqi',
      theme: 'FREE_CLINIC',
      volunteerId: town.volunteerId,
      origin: 'leader-roll',
      flags: [],
    };
    expect(body.hours).toEqual([
      {
        ...place,
        sheetId: sheet,
        version: 3,
        serviceDate: '2025-10-18',
        onDuty: false,
        attendedMinutes: 100,
        creditedMinutes: 100,
        status: 'verified',
        objectedOn: '2025-10-18',
      },
      {
        ...place,
        sheetId: onDuty,
        version: 1,
        serviceDate: '2025-10-17',
        onDuty: true,
        attendedMinutes: 0,
        creditedMinutes: 0,
        status: 'pending',
        objectedOn: null,
      },
    ]);
  });

  test('is logged when the district takes it', async () => {
    expect(problem(await may('records', ask({}, admin)))).toEqual([403, 'reason-required']);
    await must('records', ask({ reason: 'legal-request' }, admin));
    expect(await accessLog()).toMatchObject([{ reason: 'legal-request', what: 'export' }]);
  });
});
