import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const register = async (sub: string, more: object = {}): Promise<string> => {
  const body = { areaId: 'hongqi', consentVersion: '1', ...more };
  const token = { sub, role: 'volunteer' };
  return (await must('volunteers', { route: 'POST /volunteers', body, token })).body.id;
};
const listing = (query: object, token: object = admin) => ({
  route: 'GET /volunteers',
  query: query as Readonly<Record<string, string>>,
  token: token as Readonly<Record<string, string>>,
});
const list = async (query: object, token: object = admin) =>
  (await must('volunteers', listing(query, token))).body;

test('an area’s volunteers, each once over the pages, and nothing that names them', async () => {
  const person = { name: '王小明', phone: '13800138000' };
  const ids = [town.volunteerId];
  for (let n = 0; n < 7; n += 1) ids.push(await register(`s${n}`, { person }));
  await deliver(await ledger());
  const found: object[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ areaId: 'hongqi', limit: '3', ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next;
  }
  expect(found.map((each) => (each as { id: string }).id).sort()).toEqual(ids.sort());
  for (const each of found)
    expect(Object.keys(each).sort()).toEqual(['areaId', 'id', 'registeredOn', 'status', 'tags']);
  expect((await list({ areaId: 'demo' })).items).toEqual([]);
});

test('a flagged record stands in its area and among the possible duplicates', async () => {
  const person = { name: '王小明', phone: '13800138000' };
  const ids = [await register('a', { person }), await register('b', { person })].sort();
  for (const event of await ledger())
    if (event.type === 'VolunteerRegistered') await findDuplicates(event);
  await deliver(await ledger());
  const of = (items: readonly { id: string }[]) => items.map(({ id }) => id).sort();
  expect(of((await list({ areaId: 'hongqi' })).items)).toEqual([...ids, town.volunteerId].sort());
  const flagged = { route: 'GET /volunteers/possible-duplicates', token: admin };
  expect(of((await must('volunteers', flagged)).body.items)).toEqual(ids);
});

test('by status: who waits, who left, who was erased', async () => {
  const on = (route: string, id: string, body: object) =>
    must('volunteers', { route, params: { id }, body, token: admin });
  const pending = (
    await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1' },
      token: organiserOf(town.ours),
    })
  ).body.id;
  const [left, erased] = [await register('left'), await register('erased')];
  await on('POST /volunteers/{id}/deactivate', left, { reason: '迁出本区' });
  await on('DELETE /volunteers/{id}', erased, {});
  await deliver(await ledger());
  const by = async (status: string) =>
    (await list({ areaId: 'hongqi', status })).items.map(({ id }: { id: string }) => id);
  expect(await Promise.all(['pending', 'active', 'deactivated', 'erased'].map(by))).toEqual([
    [pending],
    [town.volunteerId],
    [left],
    [erased],
  ]);
});

test('a team’s volunteers are those who joined it', async () => {
  const token = organiserOf(town.ours);
  const body = {
    name: '义诊队',
    specialty: 'medical',
    areaId: 'hongqi',
    organisationId: town.ours,
    joining: 'open',
  };
  const { id } = (await must('teams', { route: 'POST /teams', body, token })).body;
  const join = { route: 'POST /teams/{id}/members', params: { id } };
  await must('teams', { ...join, token: { sub: 'lei', role: 'volunteer' } });
  const invited = await register('invited');
  await must('teams', { ...join, body: { volunteerId: invited }, token });
  await deliver(await ledger());
  expect(await list({ teamId: id }, token)).toEqual({
    items: [expect.objectContaining({ id: town.volunteerId, tags: ['party-member'] })],
    next: null,
  });
  expect((await list({ teamId: id, status: 'deactivated' }, token)).items).toEqual([]);
});

test('the place in a list says nothing of the id', async () => {
  for (let n = 0; n < 12; n += 1) await register(`s${n}`);
  await deliver(await ledger());
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.VIEWS_TABLE, ConsistentRead: true }),
  );
  const listed = Items.filter(({ list: name }) => name === 'volunteers#hongqi');
  expect(listed).toHaveLength(13);
  for (const { id, listOrder } of listed) {
    expect(listOrder).toMatch(/^2025-10#[\w-]{22}$/);
    expect(listOrder).not.toContain(id);
  }
});

test.each([
  ['neither', {}, 400],
  ['both', { areaId: 'hongqi', teamId: '0198c0de-0000-7000-8000-00000000dead' }, 400],
  ['an unknown area', { areaId: 'nowhere' }, 404],
  ['an unknown team', { teamId: '0198c0de-0000-7000-8000-00000000dead' }, 404],
  ['a cursor of another list', { areaId: 'hongqi', cursor: 'e30' }, 400],
])('%s is refused', async (_, query, status) => {
  expect((await may('volunteers', listing(query))).status).toBe(status);
});
