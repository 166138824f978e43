import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { idOf } from '../../support/samples.ts';
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
let publish: Ask;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  const body = { ...plan, organisationId: town.ours };
  publish = { route: 'POST /activities', body, token: organiserOf(town.ours), key: 'publish-1' };
});
const on = (method: string, action: string, more: Partial<Ask>): Ask => ({
  route: `${method} /activities/{id}${action}`,
  params: { id: town.activityId },
  token: organiserOf(town.ours),
  ...more,
});
const activityEvents = async () =>
  (await ledger()).filter(({ aggregate }) => aggregate.id === town.activityId).length;

test('two activities that look the same are two; one sent twice is one', async () => {
  const first = await must('activities', publish);
  expect(await must('activities', publish)).toEqual(first);
  const second = await must('activities', { ...publish, key: 'publish-2' });
  expect(second.body.id).not.toBe(first.body.id);
});

test.each<[string, object, string]>([
  ['area', { areaId: 'elsewhere' }, '#/areaId'],
  ['recording unit', { recordingUnitId: idOf('a', 9) }, '#/recordingUnitId'],
  ['partner', { partnerIds: [idOf('a', 9)] }, '#/partnerIds/0'],
])('an unknown %s is pointed at', async (_, wrong, pointer) => {
  const body = { ...plan, organisationId: town.ours, ...wrong };
  const { status, body: problem } = await may('activities', { ...publish, body });
  expect([status, problem.errors[0].pointer]).toEqual([422, pointer]);
});

test('another organisation’s activity is not published, nor changed', async () => {
  const token = organiserOf(town.theirs);
  expect((await may('activities', { ...publish, token })).status).toBe(403);
  const revise = on('PATCH', '', { body: { title: '新' }, token });
  expect((await may('activities', revise)).status).toBe(403);
});

test('goes its way, and nobody may see who reported it', async () => {
  await must('activities', on('PATCH', '', { body: { title: '秋季义诊' } }));
  const body = { beneficiaries: { count: 80, basis: 'counted' }, outputs: { healthHandbooks: 5 } };
  await must('activities', on('POST', '/complete', { body }));
  const nowhere = verifierOf('0198c0de-0000-7000-8000-00000000dead');
  const refused = await may('activities', on('POST', '/verify', { token: nowhere }));
  expect(refused.status).toBe(403);
  const token = verifierOf(town.theirs);
  const { body: verified } = await must('activities', on('POST', '/verify', { token }));
  expect(verified).toMatchObject({ status: 'verified', title: '秋季义诊', version: 4 });
  expect(verified).not.toHaveProperty('completedBy');
});

describe('a revision', () => {
  test('that changes nothing is no event', async () => {
    const { body } = await must('activities', on('PATCH', '', { body: { title: plan.title } }));
    expect(body.version).toBe(1);
    expect(await activityEvents()).toBe(1);
  });

  test('to a year without a campaign is refused', async () => {
    const body = { startsOn: '2026-01-01', endsOn: '2026-01-01' };
    const { body: problem } = await may('activities', on('PATCH', '', { body }));
    expect(problem.type).toBe('urn:leifeng:problem:campaign-not-open');
  });

  test('on an old reading is refused', async () => {
    const headers = { 'if-match': '"7"' };
    const stale = on('PATCH', '', { body: { title: '新' }, headers });
    expect((await may('activities', stale)).status).toBe(412);
    expect(await activityEvents()).toBe(1);
  });
});

test.each(['stars', 'constructor'])('an output %s is refused', async (key) => {
  const body = `{"outputs":{"healthHandbooks":1,"${key}":1}}`;
  const { status, body: problem } = await may('activities', on('POST', '/complete', { body }));
  expect([status, problem.errors?.[0]?.pointer]).toEqual([422, `#/outputs/${key}`]);
});

test('a key that objects keep to themselves is refused', async () => {
  const body = '{"outputs":{"healthHandbooks":1,"__proto__":1}}';
  const { status, body: problem } = await may('activities', on('POST', '/complete', { body }));
  expect([status, problem.errors?.[0]?.code]).toEqual([400, 'unknown_field']);
});

test('are listed by month, area, theme and status', async () => {
  await must('activities', {
    ...publish,
    body: { ...plan, organisationId: town.ours, startsOn: '2025-11-01', endsOn: '2025-11-01' },
  });
  await deliver(await ledger());
  const days = async (query: Record<string, string>) =>
    (await must('activities', { route: 'GET /activities', query })).body.items.map(
      ({ startsOn }: { startsOn: string }) => startsOn,
    );
  expect(await days({})).toEqual(['2025-10-17', '2025-11-01']);
  expect(await days({ month: '2025-11' })).toEqual(['2025-11-01']);
  expect(await days({ area: 'hongqi', theme: 'FREE_CLINIC', status: 'published' })).toHaveLength(2);
  expect(await days({ status: 'cancelled' })).toEqual([]);
  expect(await days({ area: 'elsewhere' })).toEqual([]);
});

describe('where an organiser works', () => {
  const xinhua = { kind: 'subdistrict', name: '新华街道', parentId: 'demo' };
  const hongqi01 = { kind: 'community', name: '红旗一社区', parentId: 'hongqi' };
  const define = (id: string, body: object) =>
    must('organisations', { route: 'PUT /areas/{id}', params: { id }, body, token: admin });
  const named = (area: string) => ({ ...organiserOf(town.ours), area });
  const published = (areaId: string, token: Record<string, string>) =>
    may('activities', {
      ...publish,
      key: areaId,
      body: { ...(publish.body as object), areaId },
      token,
    });
  beforeEach(async () => {
    await define('xinhua', xinhua);
    await define('hongqi-01', hongqi01);
  });

  test('they publish: in their organisation’s area and what lies in it, or where the token says', async () => {
    expect((await published('hongqi-01', organiserOf(town.ours))).status).toBe(201);
    expect((await published('xinhua', organiserOf(town.ours))).status).toBe(403);
    expect((await published('demo', organiserOf(town.ours))).status).toBe(403);
    expect((await published('hongqi', named('hongqi-01'))).status).toBe(403);
    expect((await published('xinhua', named('xinhua'))).status).toBe(201);
  });

  test('they move an activity no further', async () => {
    const move = (areaId: string) => may('activities', on('PATCH', '', { body: { areaId } }));
    expect((await move('xinhua')).status).toBe(403);
    expect((await move('elsewhere')).status).toBe(422);
    expect((await move('hongqi-01')).status).toBe(200);
  });

  test('they run it, unless their token leaves its area out', async () => {
    const cancel = (token: Record<string, string>) =>
      may('activities', on('POST', '/cancel', { body: { reason: '雨' }, token }));
    expect((await cancel(named('xinhua'))).status).toBe(403);
    expect((await cancel(named('hongqi'))).status).toBe(200);
  });

  test('they run it too where only the district could publish it', async () => {
    const body = { ...(publish.body as object), areaId: 'xinhua' };
    const { body: far } = await must('activities', { ...publish, body, token: admin });
    const revise = on('PATCH', '', { params: { id: far.id }, body: { title: '新华街道义诊' } });
    expect((await may('activities', revise)).status).toBe(200);
  });
});
