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
  expect(verified).not.toHaveProperty('enteredBy');
});

describe('an outcome', () => {
  const report = (outputs: object) => ({
    beneficiaries: { count: 500, basis: 'counted' },
    outputs,
  });
  const complete = (outputs: object = { healthHandbooks: 5 }) =>
    must('activities', on('POST', '/complete', { body: report(outputs) }));
  const verifier = () => verifierOf(town.theirs);
  const act = (action: string, body: object, token: Ask['token']) =>
    may('activities', on('POST', `/${action}`, { body, token }));

  test('is shown in one form, in whatever form it was reported', async () => {
    const outputs = {
      rubbishKilograms: 68.5,
      healthHandbooks: { quantity: 200, basis: 'estimated' },
    };
    expect((await complete(outputs)).body.outcome.outputs).toEqual({
      healthHandbooks: { quantity: 200, basis: 'estimated' },
      rubbishKilograms: { quantity: 68.5, basis: 'counted' },
    });
  });

  test.each([
    [{ rubbishKilograms: 68.55 }, 400, '#/outputs/rubbishKilograms'],
    [{ rubbishKilograms: 10_000_000.1 }, 400, '#/outputs/rubbishKilograms'],
    [{ rubbishKilograms: '68.5' }, 400, '#/outputs/rubbishKilograms'],
    [{ healthHandbooks: { quantity: 1, basis: 'guessed' } }, 400, '#/outputs/healthHandbooks'],
    [{ healthHandbooks: 1.5 }, 422, '#/outputs/healthHandbooks'],
    [{ newRegistrations: 3 }, 422, '#/outputs/newRegistrations'],
  ])('of %j is refused and pointed at', async (outputs, status, pointer) => {
    const { status: got, body } = await act('complete', { outputs }, organiserOf(town.ours));
    expect([got, body.errors[0].pointer.slice(0, pointer.length)]).toEqual([status, pointer]);
  });

  test('is sent back with a reason, reported again and verified', async () => {
    await complete();
    const reason = '人数与签到表不符';
    expect((await act('reject', { reason }, organiserOf(town.ours))).status).toBe(403);
    const { body: rejected } = await act('reject', { reason }, verifier());
    expect(rejected).toMatchObject({
      status: 'rejected',
      rejection: reason,
      outcome: { beneficiaries: { count: 500 } },
    });
    expect((await act('verify', {}, verifier())).status).toBe(409);
    const { body: again } = await complete({ healthHandbooks: 4 });
    expect(again).toMatchObject({ status: 'completed', rejection: null });
    expect((await act('verify', {}, verifier())).body.status).toBe('verified');
  });

  test('that was verified is corrected, and waits for somebody else', async () => {
    await complete();
    await act('verify', {}, verifier());
    const body = { beneficiaries: { count: 50, basis: 'counted' }, reason: '多录了一个零' };
    expect((await act('correct', body, verifier())).status).toBe(403);
    const corrected = await act('correct', body, organiserOf(town.ours, 'second'));
    expect(corrected.body).toMatchObject({
      status: 'completed',
      version: 4,
      outcome: { beneficiaries: { count: 50 }, outputs: { healthHandbooks: { quantity: 5 } } },
    });
    const event = (await ledger()).find(({ type }) => type === 'ActivityCorrected');
    expect(event).toMatchObject({
      actor: { id: 'second' },
      data: { before: { beneficiaries: { count: 500 } }, reason: body.reason },
    });
    const both = { ...verifierOf(town.theirs, 'second') };
    expect((await act('verify', {}, both)).body.type).toBe('urn:leifeng:problem:own-entry');
    expect((await act('verify', {}, verifier())).body.status).toBe('verified');
  });

  test('corrected to what it is already is no event', async () => {
    await complete();
    const same = { outputs: { healthHandbooks: 5 }, reason: '核对' };
    expect((await act('correct', same, organiserOf(town.ours))).body.version).toBe(2);
    expect((await act('correct', { reason: '核对' }, organiserOf(town.ours))).status).toBe(400);
  });

  test('of more than 31 days has no figures', async () => {
    const endsOn = { body: { startsOn: '2025-09-01', endsOn: '2025-10-02' } };
    await must('activities', on('PATCH', '', endsOn));
    const { status, body } = await act('complete', report({}), organiserOf(town.ours));
    expect([status, body.type]).toEqual([422, 'urn:leifeng:problem:outcome-over-many-days']);
    expect((await act('complete', {}, organiserOf(town.ours))).status).toBe(200);
  });
});

describe('the team of an activity', () => {
  const form = async (organisationId: string, key: string) => {
    const body = { name: '义诊队', specialty: 'medical', areaId: 'hongqi', organisationId };
    const { body: team } = await must('teams', { route: 'POST /teams', body, token: admin, key });
    return team.id as string;
  };
  const held = (teamId: string | null) => may('activities', on('PATCH', '', { body: { teamId } }));

  test('is an active one of its organisation', async () => {
    const teamId = await form(town.ours, 'ours');
    expect((await held(teamId)).body.teamId).toBe(teamId);
    expect((await held(null)).body.teamId).toBeNull();
    for (const [other, code] of [
      [await form(town.theirs, 'theirs'), 'invalid-value'],
      [idOf('a', 9), 'unknown-reference'],
    ] as const) {
      const { status, body } = await held(other);
      expect([status, body.errors[0]]).toMatchObject([422, { code, pointer: '#/teamId' }]);
    }
    const route = 'POST /teams/{id}/dissolve';
    await must('teams', { route, params: { id: teamId }, body: { reason: '合并' }, token: admin });
    expect((await held(teamId)).status).toBe(422);
  });
});

test('an activity knows the areas above its own in its year, and does not show them', async () => {
  const define = (id: string, body: object) =>
    must('organisations', { route: 'PUT /areas/{id}', params: { id }, body, token: admin });
  await define('xinhua', { kind: 'subdistrict', name: '新华街道', parentId: 'demo' });
  await define('h-01', { kind: 'community', name: '红旗社区', parentId: 'hongqi' });
  const { body } = await must('activities', on('PATCH', '', { body: { areaId: 'h-01' } }));
  expect(body).not.toHaveProperty('areasAbove');
  await define('h-01', { kind: 'community', name: '红旗社区', parentId: 'xinhua' });
  await must('activities', on('POST', '/complete', { body: {} }));
  expect(
    (await ledger())
      .filter(({ aggregate }) => aggregate.id === town.activityId)
      .map(({ data }) => 'activity' in data && data.activity.areasAbove),
  ).toEqual([['demo'], ['hongqi', 'demo'], ['hongqi', 'demo']]);
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
  expect([status, problem.errors?.[0]?.code]).toEqual([400, 'unknown-field']);
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
  expect(await days({ areaId: 'hongqi', theme: 'FREE_CLINIC', status: 'published' })).toHaveLength(
    2,
  );
  expect(await days({ status: 'cancelled' })).toEqual([]);
  expect(await days({ areaId: 'elsewhere' })).toEqual([]);
});

test('are listed by organisation, team, partner and person in charge', async () => {
  const more = {
    organisationId: town.ours,
    partnerIds: [town.theirs],
    responsibleId: idOf('c', 1),
  };
  const { body: other } = await must('activities', { ...publish, body: { ...plan, ...more } });
  await deliver(await ledger());
  const ids = async (query: Record<string, string>) =>
    (await must('activities', { route: 'GET /activities', query })).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect(await ids({ organisationId: town.ours })).toHaveLength(2);
  expect(await ids({ organisationId: town.theirs })).toEqual([]);
  expect(await ids({ partnerId: town.theirs })).toEqual([other.id]);
  expect(await ids({ responsibleId: idOf('c', 1) })).toEqual([other.id]);
  expect(await ids({ teamId: idOf('a', 9) })).toEqual([]);
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
