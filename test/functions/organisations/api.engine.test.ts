import '../../support/tables.ts';

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { around } from '../../support/faults.ts';
import type { Ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, ledger, may, must, organiserOf } from '../../support/town.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});
const define = (id: string, body: object, more: Partial<Ask> = {}): Ask => ({
  route: 'PUT /areas/{id}',
  params: { id },
  body,
  token: admin,
  ...more,
});
const district = { kind: 'district', name: '示范区' };

test('an area is defined, renamed, and the same again is nothing', async () => {
  expect((await must('organisations', define('demo', district))).body.version).toBe(1);
  expect((await must('organisations', define('demo', district))).body.version).toBe(1);
  const renamed = define('demo', { ...district, name: '新示范区' });
  expect((await must('organisations', renamed)).body).toMatchObject({
    name: '新示范区',
    version: 2,
  });
  expect(await ledger()).toHaveLength(2);
});

test('a parent that is not there is pointed at', async () => {
  const body = { kind: 'subdistrict', name: '红旗街道', parentId: 'none' };
  const { status, body: problem } = await may('organisations', define('hongqi', body));
  expect([status, problem.errors[0].pointer]).toEqual([422, '#/parentId']);
});

test('a version that an area does not have is not matched by one that is not there', async () => {
  const headers = { 'if-match': '"3"' };
  expect((await may('organisations', define('demo', district, { headers }))).status).toBe(412);
  expect(await ledger()).toEqual([]);
});

test('of two who define an area at once, both have', async () => {
  around('PutCommand', {
    before: (call) => call === 1 && must('organisations', define('demo', district)),
  });
  const late = await may('organisations', define('demo', { ...district, name: '新示范区' }));
  expect([late.status, late.body.name]).toEqual([200, '新示范区']);
});

test('a move counts from next year on, and the answer says so', async () => {
  await must('organisations', define('demo', district));
  for (const id of ['hongqi', 'xinhua'])
    await must('organisations', define(id, { kind: 'subdistrict', name: id, parentId: 'demo' }));
  const put = (parentId: string) =>
    must('organisations', define('h-01', { kind: 'community', name: '红旗社区', parentId }));
  await put('hongqi');
  expect((await put('xinhua')).body).toMatchObject({
    parentId: 'xinhua',
    parents: [
      { fromYear: 0, parentId: 'hongqi' },
      { fromYear: 2026, parentId: 'xinhua' },
    ],
  });
  expect((await put('hongqi')).body).toMatchObject({
    parentId: 'hongqi',
    parents: [{ fromYear: 0, parentId: 'hongqi' }],
  });
});

test('areas and organisations are listed', async () => {
  await must('organisations', define('demo', district));
  const body = { kind: 'hospital', name: '卫生服务中心', areaId: 'demo' };
  const register = { route: 'POST /organisations', body, token: admin, key: 'k' };
  const registered = await must('organisations', register);
  expect(await must('organisations', register)).toEqual(registered);
  await deliver(await ledger());
  const areas = await must('organisations', { route: 'GET /areas' });
  expect(areas.body).toEqual({
    items: [
      {
        id: 'demo',
        ...district,
        parentId: null,
        parents: [{ fromYear: 0, parentId: null }],
        version: 1,
      },
    ],
    next: null,
  });
  const route = 'GET /organisations';
  expect((await must('organisations', { route, token: admin })).body.items).toEqual([
    registered.body,
  ]);
  expect((await may('organisations', { route })).status).toBe(401);
});

const register = async (kind: string, areaId: string, name: string = kind): Promise<string> => {
  const body = { kind, name, areaId };
  const { body: registered } = await must('organisations', {
    route: 'POST /organisations',
    body,
    token: admin,
  });
  return registered.id;
};
const revise = (id: string, body: object, more: Partial<Ask> = {}): Ask => ({
  route: 'PATCH /organisations/{id}',
  params: { id },
  body,
  token: admin,
  ...more,
});

test('an organisation is revised by the district, whole or in part', async () => {
  await must('organisations', define('demo', district));
  const id = await register('company', 'demo', '客运公司');
  const { body } = await must('organisations', revise(id, { kind: 'bus-company' }));
  expect(body).toEqual({ id, kind: 'bus-company', name: '客运公司', areaId: 'demo', version: 2 });
  const again = await must('organisations', revise(id, { kind: 'bus-company' }));
  expect(again.body.version).toBe(2);
  const nowhere = await may('organisations', revise(id, { areaId: 'nowhere' }));
  expect([nowhere.status, nowhere.body.errors[0].pointer]).toEqual([422, '#/areaId']);
  const headers = { 'if-match': '"1"' };
  expect((await may('organisations', revise(id, { name: '新' }, { headers }))).status).toBe(412);
  expect((await may('organisations', revise(id, {}))).status).toBe(400);
  const token = organiserOf(id);
  expect((await may('organisations', revise(id, { name: '新' }, { token }))).status).toBe(403);
});

test('organisations are listed by kind, area and whether they are partners', async () => {
  await must('organisations', define('demo', district));
  const subdistrict = { kind: 'subdistrict', name: '红旗街道', parentId: 'demo' };
  await must('organisations', define('hongqi', subdistrict));
  const office = await register('subdistrict-office', 'hongqi');
  const hospital = await register('hospital', 'hongqi');
  const firm = await register('law-firm', 'demo');
  const changed = await register('company', 'demo');
  await must('organisations', revise(changed, { kind: 'team-host' }));
  await deliver(await ledger());
  const listed = async (query: Record<string, string>): Promise<readonly string[]> => {
    const route = 'GET /organisations';
    const { body } = await must('organisations', { route, query, token: admin });
    return body.items.map(({ id }: { id: string }) => id).sort();
  };
  expect(await listed({ partner: 'true' })).toEqual([hospital, firm].sort());
  expect(await listed({ partner: 'false' })).toEqual([office, changed].sort());
  expect(await listed({ kind: 'team-host' })).toEqual([changed]);
  expect(await listed({ areaId: 'hongqi', partner: 'true' })).toEqual([hospital]);
  expect(await listed({ limit: '100' })).toHaveLength(4);
});
