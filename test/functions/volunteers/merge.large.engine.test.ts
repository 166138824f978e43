import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler as notices } from '../../../functions/notices/api.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
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
  verifierOf,
} from '../../support/town.ts';

type Token = Readonly<Record<string, unknown>>;

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const lei = { sub: 'lei', role: 'volunteer' };
const person = { name: '雷小锋', phone: '13800138000' };
const body = { areaId: 'hongqi', consentVersion: '1', person };

const registerOneself = async (sub: string): Promise<string> => {
  const token = { sub, role: 'volunteer' };
  return (await must('volunteers', { route: 'POST /volunteers', body, token })).body.id;
};
const confirmOneself = async (sub: string): Promise<string> => {
  const registered = { route: 'POST /volunteers', body, token: organiserOf(town.ours) };
  const { id, confirmationCode } = (await must('volunteers', registered)).body;
  await must('volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id },
    body: { code: confirmationCode, consentVersion: '1' },
    token: { sub, role: 'volunteer' },
  });
  return id;
};
const on = (route: string, id: string, token: Token, more: Partial<Ask> = {}): Ask => ({
  route,
  token,
  ...more,
  params: { id, ...more.params },
});
const merging = (id: string, intoId: string, token: Token = admin): Ask =>
  on('POST /volunteers/{id}/merge', id, token, { body: { intoId, reason: '同一人' } });
const merge = (id: string, intoId: string) => must('volunteers', merging(id, intoId));
const accept = (id: string, fromId: string, token: Token) =>
  must('volunteers', on('POST /volunteers/{id}/accept-merge', id, token, { body: { fromId } }));
const refusal = async (slice: Parameters<typeof may>[0], request: Ask): Promise<string> => {
  const { status, body: problem } = await may(slice, request);
  return `${status} ${problem.type?.replace('urn:leifeng:problem:', '')}`;
};
const read = readVolunteer;
const peopleItems = async (): Promise<readonly string[]> => {
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.PEOPLE_TABLE, ConsistentRead: true }),
  );
  return Items.map(({ pk, sk }) => `${pk}|${sk}`).sort();
};
const log = (volunteerId: string, date?: string) => logHours(town, volunteerId, date);

describe.each([
  ['registered themselves twice', registerOneself],
  ['were registered by staff and confirmed it', confirmOneself],
])('whose merged record is of when they %s', (_, begin) => {
  const twice = { sub: 'twice', role: 'volunteer' };
  let from: string;
  let into: string;
  let waiting: string;
  beforeEach(async () => {
    from = await begin('twice');
    into = town.volunteerId;
    waiting = await log(from);
    await must('volunteers', on('PATCH /volunteers/{id}/person', into, lei, { body: person }));
    await merge(from, into);
    await accept(into, from, lei);
  });

  test('they read the record it went into, and all that hangs on it, by either token', async () => {
    for (const token of [twice, lei])
      for (const id of [from, into]) {
        for (const what of ['', '/person', '/access-log'])
          await must('volunteers', on(`GET /volunteers/{id}${what}`, id, token));
        for (const what of ['record', 'export'])
          await must('records', on(`GET /volunteers/{id}/${what}`, id, token));
        expect((await ask(notices, on('GET /volunteers/{id}/notices', id, token))).status).toBe(
          200,
        );
        const hours = { route: 'GET /hours', query: { volunteerId: id }, token };
        await must('participation', hours);
      }
    const stranger = { sub: 'stranger', role: 'volunteer' };
    for (const id of [from, into])
      expect(await refusal('volunteers', on('GET /volunteers/{id}', id, stranger))).toBe(
        '403 forbidden',
      );
  });

  test('they object to its lines, and verify none of them, of whichever record', async () => {
    const entered = await log(into, '2025-10-17');
    const lines = [
      [entered, into],
      [waiting, from],
    ] as const;
    for (const token of [twice, lei].map(({ sub }) => verifierOf(town.theirs, sub)))
      for (const [sheet, id] of lines)
        for (const entries of ['all', [id]]) {
          const verifying = on('POST /sheets/{id}/verify', sheet, token, { body: { entries } });
          expect(await refusal('participation', verifying)).toBe('403 own-entry');
        }
    const objecting = (sheet: string, token: Token, entries: unknown) =>
      must(
        'participation',
        on('POST /sheets/{id}/object', sheet, token, { body: { entries, reason: '不是我' } }),
      );
    await objecting(entered, twice, 'all');
    await objecting(waiting, lei, [from]);
  });

  test('they are on one sheet once, by whichever record', async () => {
    for (const id of [from, into])
      for (const token of [organiserOf(town.ours), admin]) {
        const entering = {
          route: 'POST /activities/{id}/sheets/{date}/entries',
          params: { id: town.activityId, date: '2025-10-18' },
          body: { entries: [{ volunteerId: id, attendedMinutes: 30, origin: 'leader-roll' }] },
          token,
        };
        expect(await refusal('participation', entering)).toBe('409 already-on-sheet');
      }
  });

  test('they correct, agree, withdraw, leave and come back', async () => {
    const correct = on('PATCH /volunteers/{id}/person', into, twice, {
      body: { phone: '13900139000' },
    });
    await must('volunteers', correct);
    const consent = { body: { purpose: 'publicity', version: '1' } };
    await must('volunteers', on('POST /volunteers/{id}/consents', into, twice, consent));
    const withdraw = { params: { purpose: 'publicity' } };
    await must(
      'volunteers',
      on('DELETE /volunteers/{id}/consents/{purpose}', into, twice, withdraw),
    );
    const reason = { body: { reason: '出差' } };
    await must('volunteers', on('POST /volunteers/{id}/deactivate', into, twice, reason));
    await must('volunteers', on('POST /volunteers/{id}/reactivate', into, twice));
    expect(await refusal('volunteers', { ...correct, token: admin, params: { id: from } })).toBe(
      '409 illegal-transition',
    );
  });

  test('they are in teams as who they are now', async () => {
    const { body: team } = await must('teams', {
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
    const { body: joined } = await must('teams', on('POST /teams/{id}/members', team.id, twice));
    expect(joined).toMatchObject({ volunteerId: into, status: 'joined' });
    await must('teams', on('GET /teams/{id}/members', team.id, twice));
    const leave = on('DELETE /teams/{id}/members/{volunteerId}', team.id, twice, {
      params: { volunteerId: into },
    });
    expect((await must('teams', leave)).body.status).toBe('left');
  });

  test('nobody puts an entry on it, or checks its credentials, who is the person', async () => {
    const token = { ...organiserOf(town.ours, 'twice'), role: ['volunteer', 'organiser'] };
    const entry = {
      body: { organisationId: town.ours, date: '2025-10-11', name: '优秀志愿者' },
    };
    expect(
      await refusal('records', on('POST /volunteers/{id}/commendations', into, token, entry)),
    ).toBe('403 forbidden');
  });

  test('erased, nothing of either record can be opened, and no link is left', async () => {
    const { body: erased } = await must('volunteers', on('DELETE /volunteers/{id}', into, twice));
    expect(erased).toMatchObject({ status: 'erased', mergedFrom: [{ id: from }] });
    expect(await read(from)).toMatchObject({ status: 'erased', mergedInto: into, consents: [] });
    expect((await peopleItems()).filter((key) => !/^keys|access#|^look-up#/.test(key))).toEqual([]);
  });

  test('the old record can be erased by itself, and the token leads where it did', async () => {
    await must('volunteers', on('DELETE /volunteers/{id}', from, admin));
    await must('volunteers', on('GET /volunteers/{id}/person', into, twice));
    await must('volunteers', on('DELETE /volunteers/{id}', into, twice));
    expect((await peopleItems()).filter((key) => !/^keys|access#|^look-up#/.test(key))).toEqual([]);
  });
});

test('both records say so, in one go, and the one that stays points to the other', async () => {
  const from = await registerOneself('twice');
  await merge(from, town.volunteerId);
  expect(await read(from)).toMatchObject({ status: 'merged', mergedInto: town.volunteerId });
  expect(await read(town.volunteerId)).toMatchObject({
    status: 'active',
    mergedFrom: [{ id: from, awaiting: from }],
  });
  const reading = on('GET /volunteers/{id}/record', town.volunteerId, lei);
  const { body: record } = await must('records', reading);
  expect(record.mergedFrom).toEqual([from]);
  const page = { ...reading, headers: { accept: 'text/html' } };
  expect((await must('records', page)).body).toContain(from);
  // Once more: the record that stays knows already.
  await merge(from, town.volunteerId);
  expect((await read(town.volunteerId)).version).toBe(2);
  expect((await read(from)).version).toBe(3);
});

test('of a chain every token leads to its end, and all its hours are read there', async () => {
  const first = await confirmOneself('first');
  const second = await registerOneself('second');
  const sheet = await log(first);
  await deliver(await ledger());
  await merge(first, second);
  await accept(second, first, { sub: 'second', role: 'volunteer' });
  await merge(second, town.volunteerId);
  await accept(town.volunteerId, second, lei);
  expect(await read(town.volunteerId)).toMatchObject({
    mergedFrom: [{ id: second }, { id: first }],
  });
  const merges = (await ledger()).filter((event) => event.type === 'VolunteerMerged');
  await deliver([...merges, ...merges].reverse());
  const subjects = ['first', 'second', 'lei'];
  for (const id of [first, second, town.volunteerId])
    for (const sub of subjects)
      await must('records', on('GET /volunteers/{id}/record', id, { sub, role: 'volunteer' }));
  // A line stays on its sheet under the record it was entered for.
  for (const sub of subjects) {
    const token = { sub, role: 'volunteer' };
    const { body: read } = await must('participation', on('GET /sheets/{id}', sheet, token));
    expect(read.entries).toMatchObject([{ volunteerId: first, creditedMinutes: 90 }]);
    const record = on('GET /volunteers/{id}/record', town.volunteerId, token);
    expect((await must('records', record)).body.service).toMatchObject({
      totals: { pending: { entries: 1, minutes: 90 } },
      items: [{ sheetId: sheet, volunteerId: first, minutes: 90 }],
    });
  }
  await must('volunteers', on('DELETE /volunteers/{id}', town.volunteerId, lei));
  for (const id of [first, second]) expect((await read(id)).status).toBe('erased');
  expect((await peopleItems()).filter((key) => !/^keys|^look-up#/.test(key))).toEqual([]);
});

test('undone, each record has the hours again that were entered for it', async () => {
  const from = await registerOneself('twice');
  const into = town.volunteerId;
  const sheets = [await log(from), await log(into)];
  expect(sheets[0]).toBe(sheets[1]);
  await deliver(await ledger());
  await merge(from, into);
  await accept(into, from, lei);
  const linesOf = async (id: string, sub: string) => {
    const reading = on('GET /volunteers/{id}/record', id, { sub, role: 'volunteer' });
    return (await must('records', reading)).body.service.items.map(
      ({ volunteerId }: { volunteerId: string }) => volunteerId,
    );
  };
  expect((await linesOf(into, 'lei')).sort()).toEqual([from, into].sort());
  const undoing = { body: { reason: '误合并' } };
  await must('volunteers', on('POST /volunteers/{id}/unmerge', from, admin, undoing));
  expect(await linesOf(from, 'twice')).toEqual([from]);
  expect(await linesOf(into, 'lei')).toEqual([into]);
});

test('of two merges into one record at once, neither is lost', async () => {
  const both = [await registerOneself('one'), await registerOneself('two')];
  await Promise.all(both.map((from) => merge(from, town.volunteerId)));
  const { mergedFrom, version } = await read(town.volunteerId);
  expect(mergedFrom.map(({ id }: { id: string }) => id).sort()).toEqual([...both].sort());
  expect(version).toBe(3);
});

test('nobody merges others into a record of their own', async () => {
  const from = await registerOneself('other');
  const own = { sub: 'lei', role: 'district-admin' };
  for (const request of [
    merging(from, town.volunteerId, own),
    merging(town.volunteerId, from, own),
  ])
    expect(await refusal('volunteers', request)).toBe('403 forbidden');
  expect(await ledger()).not.toContainEqual(expect.objectContaining({ type: 'VolunteerMerged' }));
});

test('what was merged is no suspicion any more, then or later', async () => {
  const from = await registerOneself('twice');
  const into = await registerOneself('again');
  const registered = (await ledger()).flatMap((event) =>
    event.type === 'VolunteerRegistered' ? [event] : [],
  );
  for (const event of registered) await findDuplicates(event);
  expect((await read(into)).possibleDuplicates).toEqual([from]);
  await merge(from, into);
  expect((await read(into)).possibleDuplicates).toEqual([]);
  for (const event of registered) await findDuplicates(event);
  expect((await read(into)).possibleDuplicates).toEqual([]);
});
