import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler as dashboards } from '../../../functions/dashboards/api.ts';
import { type Ask, ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

const lei = { sub: 'lei', role: 'volunteer' };
const wang = { sub: 'wang', role: 'volunteer' };
let town: Awaited<ReturnType<typeof foundTown>>;
let wangId: string;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  const { body } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1' },
    token: wang,
  });
  wangId = body.id;
});

const forming = (more: object = {}, ask: Partial<Ask> = {}): Ask => ({
  route: 'POST /teams',
  body: {
    name: '义诊队',
    specialty: 'medical',
    areaId: 'hongqi',
    organisationId: town.ours,
    leaderId: town.volunteerId,
    ...more,
  },
  token: organiserOf(town.ours),
  ...ask,
});
const form = async (more: object = {}): Promise<string> =>
  (await must('teams', forming(more))).body.id;
const members = (id: string, token: Ask['token'], body: object = {}): Ask => ({
  route: 'POST /teams/{id}/members',
  params: { id },
  body,
  token,
});
const leaving = (id: string, volunteerId: string, token: Ask['token'], body = {}): Ask => ({
  route: 'DELETE /teams/{id}/members/{volunteerId}',
  params: { id, volunteerId },
  body,
  token,
});
const dissolving = (id: string): Ask => ({
  route: 'POST /teams/{id}/dissolve',
  params: { id },
  body: { reason: '合并' },
  token: organiserOf(town.ours),
});

test('a team is formed once for a key, by its host or the district', async () => {
  const first = await must('teams', forming({}, { key: 'k' }));
  expect(first.body).toMatchObject({ status: 'active', formedOn: '2025-10-18', version: 1 });
  expect(await must('teams', forming({}, { key: 'k' }))).toEqual(first);
  expect((await may('teams', forming({}, { token: admin }))).status).toBe(201);
  const theirs = organiserOf(town.theirs);
  expect((await may('teams', forming({}, { token: theirs }))).status).toBe(403);
});

test.each<[object, string]>([
  [{ areaId: 'nowhere' }, '#/areaId'],
  [{ leaderId: idOf('c', 9) }, '#/leaderId'],
  [{ formedOn: '2025-10-19' }, '#/formedOn'],
])('%j is pointed at', async (wrong, pointer) => {
  const { status, body } = await may('teams', forming(wrong));
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
});

test('the member’s own yes: invited, joined, left, and never without them', async () => {
  const id = await form();
  expect((await may('teams', members(id, wang))).body.type).toMatch('invitation-required');
  const invite = members(id, lei, { volunteerId: wangId });
  expect((await must('teams', invite)).body.status).toBe('invited');
  expect((await must('teams', invite)).body.version).toBe(1);
  expect((await must('teams', members(id, wang))).body).toMatchObject({ status: 'joined' });
  expect((await must('teams', members(id, wang))).body.version).toBe(2);
  expect((await must('teams', leaving(id, wangId, wang))).body.status).toBe('left');
  expect((await may('teams', members(id, wang))).status).toBe(403);
  await must('teams', invite);
  expect((await must('teams', leaving(id, wangId, wang))).body.status).toBe('declined');
});

test('a stranger invites nobody and removes nobody', async () => {
  const id = await form({ joining: 'open', leaderId: null });
  await must('teams', members(id, lei));
  const ask = members(id, wang, { volunteerId: town.volunteerId });
  expect((await may('teams', ask)).status).toBe(403);
  const remove = leaving(id, town.volunteerId, wang, { reason: '无' });
  expect((await may('teams', remove)).status).toBe(403);
  const theirs = organiserOf(town.theirs);
  expect((await may('teams', { ...remove, token: theirs })).status).toBe(403);
});

test('who was removed, with a reason, comes back only when asked', async () => {
  const id = await form({ joining: 'open' });
  await must('teams', members(id, wang));
  const host = organiserOf(town.ours);
  const silent = await may('teams', leaving(id, wangId, host));
  expect([silent.status, silent.body.errors[0].pointer]).toEqual([422, '#/reason']);
  const removed = await must('teams', leaving(id, wangId, host, { reason: '多次缺席' }));
  expect(removed.body.status).toBe('removed');
  expect((await may('teams', members(id, wang))).status).toBe(403);
  await must('teams', members(id, host, { volunteerId: wangId }));
  expect((await must('teams', members(id, wang))).body.status).toBe('joined');
});

test('somebody who joins twice at once has joined once', async () => {
  const id = await form({ joining: 'open' });
  const both = await Promise.all([
    must('teams', members(id, wang)),
    must('teams', members(id, wang)),
  ]);
  expect(both.map(({ body }) => [body.status, body.version])).toEqual([
    ['joined', 1],
    ['joined', 1],
  ]);
});

describe('a repeated command has its first answer, whatever became of the record', () => {
  const onRecord = (route: string, id: string, token: Ask['token'], body?: object) =>
    must('volunteers', { route, params: { id }, token, ...(body ? { body } : {}) });
  const again = async (request: Ask, meanwhile: () => Promise<unknown>): Promise<void> => {
    const first = await must('teams', request);
    await meanwhile();
    const events = (await ledger()).length;
    expect(await must('teams', request)).toEqual(first);
    expect(await ledger()).toHaveLength(events);
  };

  test('erased, and registered again', async () => {
    const id = await form({ joining: 'open' });
    await again({ ...members(id, wang), key: 'join' }, async () => {
      await onRecord('DELETE /volunteers/{id}', wangId, wang);
      const body = { areaId: 'hongqi', consentVersion: '1' };
      await must('volunteers', { route: 'POST /volunteers', token: wang, body });
    });
  });

  test('erased, with the record named, joining and leaving', async () => {
    const id = await form({ joining: 'open' });
    const joining = { ...members(id, wang, { volunteerId: wangId }), key: 'join' };
    await again(joining, () => must('teams', members(id, wang)));
    await again({ ...leaving(id, wangId, wang), key: 'leave' }, () =>
      onRecord('DELETE /volunteers/{id}', wangId, wang),
    );
    await again(joining, async () => undefined);
  });

  test('left, and merged into another record of theirs', async () => {
    const id = await form({ joining: 'open' });
    await again({ ...members(id, wang), key: 'join' }, async () => {
      await must('teams', leaving(id, wangId, wang));
      await onRecord('POST /volunteers/{id}/merge', wangId, admin, {
        intoId: town.volunteerId,
        reason: '同一人',
      });
      await onRecord('POST /volunteers/{id}/accept-merge', town.volunteerId, lei, {
        fromId: wangId,
      });
    });
  });

  test('invited by a leader who leads no more', async () => {
    const id = await form({ leaderId: town.volunteerId });
    await again({ ...members(id, lei, { volunteerId: wangId }), key: 'invite' }, () =>
      must('teams', {
        route: 'PATCH /teams/{id}',
        params: { id },
        token: admin,
        body: { leaderId: null },
      }),
    );
  });
});

test('members are listed for those who lead and those who are in it', async () => {
  const id = await form({ joining: 'open' });
  await must('teams', members(id, wang));
  await deliver(await ledger());
  const list = (token: Ask['token']) =>
    may('teams', { route: 'GET /teams/{id}/members', params: { id }, token });
  for (const token of [lei, wang, admin, organiserOf(town.ours)])
    expect((await list(token)).body.items).toMatchObject([{ volunteerId: wangId }]);
  expect((await list(organiserOf(town.theirs))).status).toBe(403);
  for (const role of ['volunteer', 'auditor'] as const)
    expect((await list({ sub: 'else', role })).status).toBe(403);
  const teams = { route: 'GET /teams', query: { areaId: 'hongqi', status: 'active' }, token: wang };
  expect((await must('teams', teams)).body.items).toMatchObject([{ id }]);
});

test('a dissolved team takes nobody, and is in no figure from its month on', async () => {
  const id = await form({ joining: 'open', formedOn: '2025-08-01' });
  await form({ formedOn: '2025-09-06' });
  await must('teams', dissolving(id));
  expect((await may('teams', dissolving(id))).status).toBe(409);
  expect((await may('teams', members(id, wang))).status).toBe(409);
  const events = await ledger();
  await deliver(events);
  await deliver(events);
  const figures = async (month: string) => {
    const { body } = await ask(dashboards, {
      route: 'GET /dashboards/{month}',
      params: { month },
    });
    const { body: lines } = await ask(dashboards, {
      route: 'GET /dashboards/{month}/lines',
      params: { month },
      query: { metric: 'teams' },
      token: admin,
    });
    const values = lines.items.map(({ value }: { value: number }) => value);
    const { teams, teamsFormed } = body.metrics;
    const area = body.breakdown.area.demo?.teams.value ?? null;
    return [teamsFormed.value, teams.value, area, values.length];
  };
  expect(await figures('2025-07')).toEqual([null, null, null, 0]);
  expect(await figures('2025-08')).toEqual([1, 1, 1, 1]);
  expect(await figures('2025-09')).toEqual([1, 2, 2, 2]);
  expect(await figures('2025-10')).toEqual([null, 1, 1, 1]);
  expect(await figures('2026-03')).toEqual([null, 1, 1, 1]);
});
