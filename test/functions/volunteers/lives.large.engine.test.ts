import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { handler as imports } from '../../../functions/imports/api.ts';
import { handler as registrar } from '../../../functions/imports/registrar.ts';
import { volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { handler as notices } from '../../../functions/notices/api.ts';
import { volunteersWith } from '../../../functions/people/people.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { residentIdOf } from '../../support/people.ts';
import { deliver, follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  logHours,
  may,
  must,
  organiserOf,
  readVolunteer,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const feng = { sub: 'feng', role: 'volunteer' };
const number = residentIdOf('1990-03-05', 7);
const person = {
  name: '雷小锋',
  phone: '+8613800138000',
  idDocument: { type: 'resident-id', number },
};
const body = { areaId: 'hongqi', consentVersion: '1', person, tags: ['youth'] };
const registering = (key?: string, more: object = {}): Ask => ({
  route: 'POST /volunteers',
  body: { ...body, ...more },
  token: feng,
  ...(key ? { key } : {}),
});
const register = async (key?: string): Promise<string> =>
  (await must('volunteers', registering(key))).body.id;
const on = (route: string, id: string, token: Ask['token'] = feng): Ask => ({
  route,
  params: { id },
  token: token ?? null,
});
const erase = (id: string) => must('volunteers', on('DELETE /volunteers/{id}', id));
const read = readVolunteer;
const registrations = async () =>
  (await ledger()).filter(
    ({ type, data }) =>
      type === 'VolunteerRegistered' &&
      (data as { volunteer: { tags: string[] } }).volunteer.tags.includes('youth'),
  );
const linksAndPeople = async (): Promise<readonly string[]> => {
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.PEOPLE_TABLE }),
  );
  return Items.map(({ pk }) => String(pk)).filter((pk) => /^(self|person)#/.test(pk));
};
const log = (volunteerId: string) => logHours(town, volunteerId);

test('who was erased registers again, and again, each time as somebody else', async () => {
  const before = await linksAndPeople();
  const lives: string[] = [];
  for (let life = 0; life < 4; life += 1) {
    const id = await register();
    lives.push(id);
    expect(await read(id)).toMatchObject({ status: 'active', mergedFrom: [], version: 1 });
    await must('volunteers', on('GET /volunteers/{id}/person', id));
    await erase(id);
  }
  expect(new Set(lives).size).toBe(4);
  expect(lives[0]).toBe(volunteerIdOf('test', 'feng'));
  for (const id of lives) expect(await read(id)).toMatchObject({ status: 'erased' });
  expect(await linksAndPeople()).toEqual(before);
});

/** The ids under which a person came back, in new tables: by themselves and by staff. */
const idsOfReturn = async (): Promise<readonly string[]> => {
  await freshTables();
  town = await foundTown();
  const first = await register('one');
  await erase(first);
  const second = await register('two');
  await erase(second);
  const staff = { route: 'POST /volunteers', body, token: organiserOf(town.ours), key: 'staff' };
  const { id, confirmationCode: code } = (await must('volunteers', staff)).body;
  const answer = await must('volunteers', {
    ...on('POST /volunteers/{id}/confirm', id),
    body: { code, consentVersion: '1' },
  });
  expect(JSON.stringify(answer.body)).not.toContain('selfId');
  expect(JSON.stringify(await read(id))).not.toContain('selfId');
  const later = (await ledger()).filter(
    ({ type, aggregate }) => type.startsWith('Volunteer') && aggregate.id !== first,
  );
  const links = (await linksAndPeople()).filter((pk) => pk.startsWith('self#'));
  const ids = JSON.stringify([second, links, later.map(({ data }) => data)]).match(
    /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
  );
  expect(ids?.length).toBeGreaterThan(3);
  return [...new Set(ids)].filter((found) => found !== town.ours);
};

test('without the district’s key nobody connects a later record with the erased one', async () => {
  // Two districts alike in all but the key: what both have could be computed without it.
  const one = await idsOfReturn();
  const other = await idsOfReturn();
  expect(one.filter((id) => other.includes(id))).toEqual([]);
});

test('the new record is theirs by the same token, and nothing of the old one is', async () => {
  const first = await register();
  const sheet = await log(first);
  await deliver(await ledger());
  await erase(first);
  const second = await register();
  for (const id of [second, first]) {
    const expected = id === second ? 200 : 403;
    const { status } = await may('volunteers', on('GET /volunteers/{id}', id));
    expect(status).toBe(expected);
    const list = { route: 'GET /hours', query: { volunteerId: id }, token: feng };
    const answer = await may('participation', list);
    expect(answer.status).toBe(expected);
    if (id === second) expect(answer.body.items).toEqual([]);
  }
  expect((await may('records', on('GET /volunteers/{id}/export', first))).status).toBe(403);
  expect((await may('participation', on('GET /sheets/{id}', sheet))).status).toBe(403);
  const { body: held } = await must('records', on('GET /volunteers/{id}/export', second));
  expect(JSON.stringify(held)).not.toContain(first);
  const change = { ...on('PATCH /volunteers/{id}', first), body: { tags: [] } };
  expect((await may('volunteers', change)).status).toBe(403);
  // In teams they are who they are now.
  const team = await must('teams', {
    route: 'POST /teams',
    body: {
      name: '义诊队',
      specialty: 'medical',
      areaId: 'hongqi',
      organisationId: town.ours,
      joining: 'open',
    },
    token: admin,
  });
  const joined = await must('teams', on('POST /teams/{id}/members', team.body.id));
  expect(joined.body.volunteerId).toBe(second);
  // The inbox of the erased record tells its person that it was erased.
  expect((await ask(notices, on('GET /volunteers/{id}/notices', first))).status).toBe(200);
});

test('a retry of each life finds that life, and begins no other', async () => {
  const first = await register('one');
  await erase(first);
  const second = await register('two');
  expect(await register('two')).toBe(second);
  expect(await register('one')).toBe(first);
  await erase(second);
  expect(await register('two')).toBe(second);
  expect(await register('one')).toBe(first);
  const third = await register('three');
  expect(new Set([first, second, third]).size).toBe(3);
  expect(await registrations()).toHaveLength(3);
  const reused = await may('volunteers', registering('two', { tags: [] }));
  expect(reused.body.type).toBe('urn:leifeng:problem:idempotency-key-reused');
  expect((await may('volunteers', registering('four'))).body.type).toBe(
    'urn:leifeng:problem:already-exists',
  );
});

test.each([1, 2, 3, 4, 5])('at the same moment there is one new life (%i)', async () => {
  await erase(await register());
  const same = await Promise.all([1, 2, 3].map(() => register('same')));
  expect(new Set(same).size).toBe(1);
  await erase(same[0] ?? '');
  const before = (await registrations()).length;
  const outcomes = await Promise.all([1, 2, 3].map(() => may('volunteers', registering())));
  expect(outcomes.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(await registrations()).toHaveLength(before + 1);
});

test.each([1, 2, 3, 4, 5])('registering and confirming at once makes one record (%i)', async () => {
  const staff = { route: 'POST /volunteers', body, token: organiserOf(town.ours) };
  const { id, confirmationCode: code } = (await must('volunteers', staff)).body;
  const confirming = {
    ...on('POST /volunteers/{id}/confirm', id),
    body: { code, consentVersion: '1' },
  };
  const outcomes = await Promise.all([
    may('volunteers', registering()),
    may('volunteers', confirming),
  ]);
  expect(outcomes.filter(({ status }) => status < 300)).toHaveLength(1);
});

test('whose record staff began and they confirmed, registers no second one, but after erasure', async () => {
  const staff = { route: 'POST /volunteers', body, token: organiserOf(town.ours) };
  const confirm = async () => {
    const { id, confirmationCode: code } = (await must('volunteers', staff)).body;
    const confirming = {
      ...on('POST /volunteers/{id}/confirm', id),
      body: { code, consentVersion: '1' },
    };
    await must('volunteers', confirming);
    return id as string;
  };
  const first = await confirm();
  expect((await may('volunteers', registering())).status).toBe(409);
  await erase(first);
  const second = await register();
  await erase(second);
  const third = await confirm();
  await must('volunteers', on('GET /volunteers/{id}/person', third));
});

test('the numbers of an erased person lead nowhere, and are registered anew by staff', async () => {
  const first = await register();
  expect(await volunteersWith('id-number', number)).toEqual([first]);
  await erase(first);
  expect(await volunteersWith('id-number', number)).toEqual([]);
  expect(await volunteersWith('phone', person.phone)).toEqual([]);
  const staff = { route: 'POST /volunteers', body, token: organiserOf(town.ours) };
  const { id } = (await must('volunteers', staff)).body;
  for (const event of await ledger())
    if (event.type === 'VolunteerRegistered' && event.aggregate.id === id)
      await findDuplicates(event);
  expect((await read(id)).possibleDuplicates).toEqual([]);
});

test('who was erased is on a list again, and registered under another id', async () => {
  await deliver(await ledger());
  const handIn = async () => {
    const { body } = await ask(imports, {
      route: 'POST /volunteers/import',
      headers: { 'content-type': 'text/csv' },
      query: { consentVersion: '1', areaId: 'hongqi' },
      body: Buffer.from(`姓名,身份证号,手机\n雷小锋,${number},13800138000\n`),
      token: admin,
    });
    const events = (await ledger()).filter(({ type }) => type === 'ImportAccepted');
    // Again and again: a row that is done says the same.
    for (let times = 0; times < 2; times += 1)
      await follow(registrar, [...events, ...events, ...events]);
    await deliver(await ledger());
    const request = {
      route: 'GET /imports/{id}/rows',
      params: { id: body.id as string },
      token: admin,
    };
    return (await ask(imports, request)).body.items[0];
  };
  const first = await handIn();
  expect(first.outcome).toBe('registered');
  expect(await handIn()).toMatchObject({
    volunteerId: first.volunteerId,
    outcome: 'already-registered',
  });
  await must('volunteers', on('DELETE /volunteers/{id}', first.volunteerId, admin));
  const second = await handIn();
  expect(second.outcome).toBe('registered');
  expect(second.volunteerId).not.toBe(first.volunteerId);
  expect((await read(first.volunteerId)).status).toBe('erased');
  const confirming = {
    ...on('POST /volunteers/{id}/confirm', second.volunteerId),
    body: { code: second.confirmationCode, consentVersion: '1' },
  };
  await must('volunteers', confirming);
});
