import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import type { Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, ledger, may, must } from '../../support/town.ts';

beforeEach(freshTables);
const plan: Ask = {
  route: 'POST /campaigns',
  body: { year: 2025, plan: 'learn-from-lei-feng' },
  token: admin,
  key: 'plan-1',
};
const year = (action: string, of = '2025'): Ask => ({
  route: `POST /campaigns/{year}/${action}`,
  params: { year: of },
  token: admin,
});

test('the plan that comes with leifeng has ten themes in ten months, and three routines', async () => {
  const { body } = await must('campaigns', plan);
  expect(body.themes.flatMap(({ months }: { months: number[] }) => months)).toEqual([
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ]);
  expect(body.routines).toHaveLength(3);
  expect(body).toMatchObject({ year: 2025, status: 'planned', version: 1 });
});

test('a year is planned once; a retry is not a second time', async () => {
  const first = await must('campaigns', plan);
  expect(await must('campaigns', plan)).toEqual(first);
  const { status, body } = await may('campaigns', { ...plan, key: 'plan-2' });
  expect([status, body.type]).toEqual([409, 'urn:leifeng:problem:already-exists']);
});

test('of two who plan a year at once one does', async () => {
  const both = await Promise.all([
    may('campaigns', plan),
    may('campaigns', { ...plan, key: 'plan-2' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('opens once, and is copied as a new plan', async () => {
  await must('campaigns', plan);
  await must('campaigns', year('open'));
  expect((await may('campaigns', year('open'))).status).toBe(409);
  const { body } = await must('campaigns', { ...year('copy'), body: { year: 2026 } });
  expect(body).toMatchObject({ year: 2026, status: 'planned', version: 1 });
  expect((await may('campaigns', { ...year('copy', '2030'), body: { year: 2031 } })).status).toBe(
    404,
  );
});

test('is read by anybody, and planned by the district only', async () => {
  await must('campaigns', plan);
  const read = { route: 'GET /campaigns/{year}', params: { year: '2025' } };
  expect((await must('campaigns', read)).headers.etag).toBe('"1"');
  const token = { sub: 'o', role: 'organiser' };
  expect((await may('campaigns', { ...plan, key: 'x', token })).status).toBe(403);
  expect(await ledger()).toHaveLength(1);
});

test('no key is there twice, also when a plan’s themes meet routines of one’s own', async () => {
  const routines = [{ key: 'LAUNCH', title: '另一个' }];
  const body = { year: 2025, plan: 'learn-from-lei-feng', routines };
  const { status, body: problem } = await may('campaigns', { ...plan, body });
  expect([status, problem.errors?.[0]?.pointer]).toEqual([422, '#/routines/0/key']);
});
