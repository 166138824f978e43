import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { handler } from '../../../functions/teams/keep-memberships.ts';
import type { Ask } from '../../support/http-event.ts';
import { deliver, follow } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, must, organiserOf } from '../../support/town.ts';

const lei = { sub: 'lei', role: 'volunteer' };
const wang = { sub: 'wang', role: 'volunteer' };
let town: Awaited<ReturnType<typeof foundTown>>;
let wangId: string;
let teamId: string;

const form = async (more: object = {}): Promise<string> =>
  (
    await must('teams', {
      route: 'POST /teams',
      body: {
        name: '义诊队',
        specialty: 'medical',
        areaId: 'hongqi',
        organisationId: town.ours,
        joining: 'open',
        ...more,
      },
      token: admin,
    })
  ).body.id;
const join = (id: string, token: Ask['token'], volunteerId?: string) =>
  must('teams', {
    route: 'POST /teams/{id}/members',
    params: { id },
    body: volunteerId ? { volunteerId } : {},
    token,
  });
const leave = (id: string, volunteerId: string, token: Ask['token']) =>
  must('teams', {
    route: 'DELETE /teams/{id}/members/{volunteerId}',
    params: { id, volunteerId },
    body: { reason: '多次缺席' },
    token,
  });
const onWang = (route: string, body?: object, token: Ask['token'] = wang) =>
  must('volunteers', {
    route,
    params: { id: wangId, ...(/purpose/.test(route) ? { purpose: 'service-record' } : {}) },
    body,
    token,
  });
const merge = () =>
  onWang('POST /volunteers/{id}/merge', { intoId: town.volunteerId, reason: '同一人' }, admin);

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  const body = { areaId: 'hongqi', consentVersion: '1' };
  wangId = (await must('volunteers', { route: 'POST /volunteers', body, token: wang })).body.id;
  teamId = await form();
});

const subscribed = /^(Volunteer(Merged|Erased|Deactivated)|ConsentWithdrawn)$/;
const keep = async (events: readonly DomainEvent[]): Promise<void> => {
  expect(await follow(handler, events)).toEqual([]);
};
/** The Views catch up, then the events come: last first, and each twice. */
const settle = async (): Promise<void> => {
  const events = await ledger();
  await deliver(events);
  const gone = events.filter(({ type }) => subscribed.test(type)).reverse();
  await keep([...gone, ...gone]);
};
const membersOf = async (id: string) => {
  await deliver(await ledger());
  const request = { route: 'GET /teams/{id}/members', params: { id }, token: admin };
  const { items } = (await must('teams', request)).body;
  return Object.fromEntries(
    items.map(({ volunteerId, status, version }: Record<string, unknown>) => [
      volunteerId,
      [status, version],
    ]),
  );
};
const leaderOf = async (id: string) =>
  (await must('teams', { route: 'GET /teams/{id}', params: { id }, token: admin })).body.leaderId;

describe('whoever is no volunteer any more', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['were erased', () => onWang('DELETE /volunteers/{id}')],
    ['left', () => onWang('POST /volunteers/{id}/deactivate', { reason: '迁出' })],
    ['agree no longer', () => onWang('DELETE /volunteers/{id}/consents/{purpose}')],
  ])('because they %s, is in no team, is asked to none and leads none', async (_, go) => {
    const asked = await form({ joining: 'by-invitation' });
    const led = await form({ leaderId: wangId });
    await join(teamId, wang);
    await join(teamId, lei);
    await join(asked, admin, wangId);
    await go();
    await settle();
    expect(await membersOf(teamId)).toEqual({
      [wangId]: ['left', 2],
      [town.volunteerId]: ['joined', 1],
    });
    expect(await membersOf(asked)).toEqual({ [wangId]: ['declined', 2] });
    expect(await leaderOf(led)).toBeNull();
  });

  test('but came back before the event did, stays where they are', async () => {
    await join(teamId, wang);
    await onWang('POST /volunteers/{id}/deactivate', { reason: '出差' });
    await onWang('POST /volunteers/{id}/reactivate');
    await settle();
    expect(await membersOf(teamId)).toEqual({ [wangId]: ['joined', 1] });
  });

  test('joins again of their own, and an old event takes that from nobody', async () => {
    await join(teamId, wang);
    await onWang('POST /volunteers/{id}/deactivate', { reason: '出差' });
    await settle();
    await onWang('POST /volunteers/{id}/reactivate');
    await join(teamId, wang);
    await settle();
    expect(await membersOf(teamId)).toEqual({ [wangId]: ['joined', 3] });
  });

  test('leaves a dissolved team, and its leader is left as they were', async () => {
    const led = await form({ leaderId: wangId });
    await join(led, wang);
    const dissolve = { route: 'POST /teams/{id}/dissolve', params: { id: led }, token: admin };
    await must('teams', { ...dissolve, body: { reason: '调整' } });
    await onWang('DELETE /volunteers/{id}');
    await settle();
    expect(await membersOf(led)).toEqual({ [wangId]: ['left', 2] });
    expect(await leaderOf(led)).toBe(wangId);
  });
});

describe('merged', () => {
  test('they are in their teams, and lead them, under the record that stays', async () => {
    const led = await form({ leaderId: wangId, joining: 'by-invitation' });
    await join(teamId, wang);
    await join(led, admin, wangId);
    await merge();
    await settle();
    expect(await membersOf(teamId)).toEqual({
      [wangId]: ['left', 2],
      [town.volunteerId]: ['joined', 1],
    });
    expect(await membersOf(led)).toEqual({
      [wangId]: ['declined', 2],
      [town.volunteerId]: ['invited', 1],
    });
    expect(await leaderOf(led)).toBe(town.volunteerId);
    // What they do afterwards is theirs: the event once more brings nothing back.
    await leave(teamId, town.volunteerId, lei);
    await settle();
    expect(await membersOf(teamId)).toMatchObject({ [town.volunteerId]: ['left', 2] });
  });

  test('who is in the team already is in it once, and who was removed is not', async () => {
    const other = await form();
    for (const id of [teamId, other]) for (const token of [wang, lei]) await join(id, token);
    await leave(other, town.volunteerId, organiserOf(town.ours));
    await merge();
    await settle();
    expect(await membersOf(teamId)).toEqual({
      [wangId]: ['left', 2],
      [town.volunteerId]: ['joined', 1],
    });
    expect(await membersOf(other)).toEqual({
      [wangId]: ['left', 2],
      [town.volunteerId]: ['removed', 2],
    });
  });

  test('into a record that was erased since, they are in no team', async () => {
    await join(teamId, wang);
    await merge();
    await must('volunteers', {
      route: 'DELETE /volunteers/{id}',
      params: { id: town.volunteerId },
      token: lei,
    });
    await settle();
    expect(await membersOf(teamId)).toEqual({ [wangId]: ['left', 2] });
  });

  test('of a chain they are in the team under its end', async () => {
    const token = { sub: 'first', role: 'volunteer' };
    const body = { areaId: 'hongqi', consentVersion: '1' };
    const { body: first } = await must('volunteers', { route: 'POST /volunteers', body, token });
    await join(teamId, token);
    await must('volunteers', {
      route: 'POST /volunteers/{id}/merge',
      params: { id: first.id },
      body: { intoId: wangId, reason: '同一人' },
      token: admin,
    });
    await merge();
    await settle();
    expect(await membersOf(teamId)).toEqual({
      [first.id]: ['left', 2],
      [town.volunteerId]: ['joined', 1],
    });
  });
});
