import '../../support/tables.ts';

import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { mostAnHour } from '../../../functions/people/look-ups.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { indexName } from '../../../functions/volunteers/index-name.ts';
import { type Ask, noon } from '../../support/http-event.ts';
import { residentIdOf } from '../../support/people.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

type Token = Readonly<Record<string, string>>;
const phone = '13800138000';
const number = residentIdOf('1949-12-31', 2);
const reason = 'service-arrangement';

let town: Awaited<ReturnType<typeof foundTown>>;
let clerk: Token;
let stranger: Token;
let wang: string;

const register = async (sub: string, person: object, more: object = {}): Promise<string> => {
  const body = { areaId: 'hongqi', consentVersion: '1', person, ...more };
  const token = { sub, role: 'volunteer' };
  return (await must('volunteers', { route: 'POST /volunteers', body, token })).body.id;
};
const asking = (body: object, token: Token = clerk, more: Partial<Ask> = {}): Ask => ({
  route: 'POST /volunteers/look-up',
  body: { reason, ...body },
  token,
  ...more,
});
const find = async (body: object, token: Token = clerk) =>
  (await must('volunteers', asking(body, token))).body.items;
const refused = async (request: Ask) => {
  const { status, body } = await may('volunteers', request);
  return [status, body.type?.split(':').at(-1), body.errors?.[0]?.pointer];
};
const logOf = async (id: string) =>
  (
    await must('volunteers', {
      route: 'GET /volunteers/{id}/access-log',
      params: { id },
      token: admin,
    })
  ).body.items;
const people = async () => {
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.PEOPLE_TABLE, ConsistentRead: true }),
  );
  return Items;
};
const area = (id: string) =>
  must('organisations', {
    route: 'PUT /areas/{id}',
    params: { id },
    body: { kind: 'subdistrict', name: '新华街道', parentId: 'demo' },
    token: admin,
  });

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  await area('xinhua');
  clerk = { ...organiserOf(town.ours, 'clerk'), area: 'hongqi' };
  stranger = { ...organiserOf(town.theirs, 'stranger'), area: 'xinhua' };
  wang = await register('wang', {
    name: '王小明',
    phone,
    idDocument: { type: 'resident-id', number },
  });
});

test.each([
  ['a phone', { phone: '138 0013 8000' }, { maskedName: '王*明', maskedPhone: null }],
  ['an ID number', { idNumber: `${number} ` }, { maskedName: '王*明', maskedPhone: null }],
  [
    'a name',
    { name: '王 小明', areaId: 'hongqi' },
    { maskedName: null, maskedPhone: '*******8000' },
  ],
])('by %s somebody is found, with what is needed to be sure', async (_, by, shown) => {
  expect(await find(by)).toEqual([{ id: wang, status: 'active', areaId: 'hongqi', ...shown }]);
  expect(await find(by, admin)).toHaveLength(1);
});

test('who is elsewhere and who is not there get one answer', async () => {
  for (const by of [
    { phone },
    { idNumber: number },
    { name: '王小明', areaId: 'hongqi' },
    { phone: '13900139000' },
  ])
    expect(await find(by, stranger)).toEqual([]);
  expect(await logOf(wang)).toEqual([]);
  // A look-up that found nothing to show is kept too, without what was asked.
  const kept = (await people()).filter(({ sk }) => String(sk).startsWith('key#'));
  expect(kept).toHaveLength(4);
  for (const each of kept) expect(each).toMatchObject({ pk: 'look-up#stranger', reason });
  for (const text of [phone, number, '王小明', '13900139000'])
    expect(JSON.stringify(kept)).not.toContain(text);
});

test('a repeated request has one answer, one entry in the log, and is counted once', async () => {
  const request = asking({ phone }, clerk, { headers: { 'idempotency-key': 'one' } });
  const first = await must('volunteers', request);
  const again = await must('volunteers', { ...request, at: noon + 60_000 });
  const both = await Promise.all([must('volunteers', request), must('volunteers', request)]);
  for (const { body } of [again, ...both]) expect(body).toEqual(first.body);
  expect(await logOf(wang)).toEqual([
    expect.objectContaining({ actorId: 'clerk', role: 'organiser', reason, what: 'look-up' }),
  ]);
  expect((await people()).find(({ sk }) => String(sk).startsWith('hour#'))?.spent).toBe(1);
  const other = asking({ phone: '13900139000' }, clerk, { headers: { 'idempotency-key': 'one' } });
  expect((await refused(other)).slice(0, 2)).toEqual([422, 'idempotency-key-reused']);
});

test('an hour has a number of look-ups, and the next hour others', async () => {
  await find({ phone });
  const [hour] = (await people()).filter(({ sk }) => String(sk).startsWith('hour#'));
  await dynamodb.send(
    new UpdateCommand({
      TableName: process.env.PEOPLE_TABLE,
      Key: { pk: hour?.pk, sk: hour?.sk },
      UpdateExpression: 'SET spent = :spent',
      ExpressionAttributeValues: { ':spent': mostAnHour.single - 1 },
    }),
  );
  expect(await find({ phone })).toHaveLength(1);
  expect((await refused(asking({ phone }))).slice(0, 2)).toEqual([429, 'too-many-look-ups']);
  expect(await find({ phone }, { ...clerk, sub: 'colleague' })).toHaveLength(1);
  const later = asking({ phone }, clerk, { at: noon + 3_600_000 });
  expect((await must('volunteers', later)).body.items).toHaveLength(1);
});

test('of a minor nothing but the record is shown without an approval', async () => {
  const child = await register('child', {
    name: '王小红',
    phone: '13900139000',
    birthDate: '2009-01-01',
  });
  const by = { phone: '13900139000' };
  expect(await find(by)).toEqual([
    { id: child, status: 'active', areaId: 'hongqi', maskedName: null, maskedPhone: null },
  ]);
  await must('volunteers', {
    route: 'PUT /volunteers/{id}/access-approvals/{readerId}',
    params: { id: child, readerId: 'clerk' },
    body: { until: '2025-10-31' },
    token: admin,
  });
  expect(await find(by)).toEqual([expect.objectContaining({ maskedName: '王*红' })]);
  expect(await logOf(child)).toHaveLength(2);
});

test('a name is found where its person lives now, under the name they have now', async () => {
  const by = (name: string, areaId: string) => find({ name, areaId }, admin);
  const change = (route: string, body: object) =>
    must('volunteers', { route, params: { id: wang }, body, token: admin });
  await change('PATCH /volunteers/{id}', { areaId: 'xinhua' });
  for (const event of await ledger()) if (event.type === 'VolunteerRevised') await indexName(event);
  expect(await by('王小明', 'hongqi')).toEqual([]);
  expect(await by('王小明', 'xinhua')).toEqual([expect.objectContaining({ id: wang })]);
  await must('volunteers', {
    route: 'PATCH /volunteers/{id}/person',
    params: { id: wang },
    body: { name: '王大明' },
    token: { sub: 'wang', role: 'volunteer' },
  });
  expect(await by('王小明', 'xinhua')).toEqual([]);
  expect(await by('王大明', 'xinhua')).toHaveLength(1);
  await change('DELETE /volunteers/{id}', {});
  expect(await by('王大明', 'xinhua')).toEqual([]);
  for (const event of await ledger()) if (event.type === 'VolunteerRevised') await indexName(event);
  expect((await people()).filter(({ sk }) => sk === 'person')).toEqual([]);
});

test('a merged record is found as the one that its person has', async () => {
  const other = await register('other', { name: '王小明', phone: '13900139000' });
  const on = (route: string, id: string, body: object, token: Token = admin) =>
    must('volunteers', { route, params: { id }, body, token });
  await on('POST /volunteers/{id}/merge', other, { intoId: wang, reason: '同一人' });
  expect(await find({ phone: '13900139000' })).toEqual([
    expect.objectContaining({ id: other, status: 'merged' }),
  ]);
  const accepting = 'POST /volunteers/{id}/accept-merge';
  await on(accepting, wang, { fromId: other }, { sub: 'wang', role: 'volunteer' });
  expect(await find({ phone: '13900139000' })).toEqual([expect.objectContaining({ id: wang })]);
  expect(await find({ name: '王小明', areaId: 'hongqi' })).toHaveLength(1);
});

test.each([
  ['nothing', {}, '#/phone'],
  ['two things', { phone, idNumber: number }, '#/phone'],
  ['a name without an area', { name: '王小明' }, '#/areaId'],
  ['an area without a name', { phone, areaId: 'hongqi' }, '#/areaId'],
  ['half a phone', { phone: '1380013' }, '#/phone'],
  ['a masked number', { idNumber: '110105********0021' }, '#/idNumber'],
  ['a masked name', { name: '王*明', areaId: 'hongqi' }, '#/name'],
  ['a free reason', { phone, reason: '想知道' }, '#/reason'],
])('%s cannot be looked up, and costs nothing', async (_, body, pointer) => {
  const [status, , at] = await refused(asking(body));
  expect([Math.floor(Number(status) / 100), at]).toEqual([4, pointer]);
  expect((await people()).filter(({ pk }) => String(pk).startsWith('look-up'))).toEqual([]);
});
