import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, organiserOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const kinds = ['trainings', 'commendations', 'evaluations'] as const;
type Kind = (typeof kinds)[number];

const bodyOf = (kind: Kind) => {
  const about = { organisationId: town.ours, date: '2025-10-11' };
  switch (kind) {
    case 'trainings':
      return { ...about, name: '急救培训', content: '心肺复苏', studyMinutes: 150 };
    case 'commendations':
      return { ...about, name: '优秀志愿者' };
    case 'evaluations':
      return { ...about, quality: 'good', activityId: town.activityId };
  }
};
const post = (kind: Kind, changes: object = {}) => ({
  route: `POST /volunteers/{id}/${kind}`,
  params: { id: town.volunteerId },
  body: { ...bodyOf(kind), ...changes },
  token: organiserOf(town.ours),
});
const strike = (kind: Kind, entryId: string) => ({
  route: `POST /volunteers/{id}/${kind}/{entryId}/void`,
  params: { id: town.volunteerId, entryId },
  body: { reason: '重复' },
  token: organiserOf(town.ours),
});
const problem = ({ status, body }: { status: number; body: { type?: string } }) => [
  status,
  body.type?.replace('urn:leifeng:problem:', ''),
];

describe.each(kinds)('%s', (kind) => {
  test('are put on the record once, however often the request comes', async () => {
    const first = await must('records', { ...post(kind), key: 'once' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      ...bodyOf(kind),
      kind: kind.slice(0, -1),
      volunteerId: town.volunteerId,
      status: 'recorded',
      recordedBy: 'organiser',
      version: 1,
    });
    expect((await must('records', { ...post(kind), key: 'once' })).body).toEqual(first.body);
    const entries = (await ledger()).filter(({ aggregate }) => aggregate.type === 'record-entry');
    expect(entries).toHaveLength(1);
  });

  test('are struck out with a reason and stay', async () => {
    const { body } = await must('records', post(kind));
    const struck = await must('records', strike(kind, body.id));
    expect(struck.body).toEqual({ ...body, status: 'voided', voidReason: '重复', version: 2 });
    expect(problem(await may('records', strike(kind, body.id)))).toEqual([
      409,
      'illegal-transition',
    ]);
  });

  test('are of an organiser’s own organisation, or of any for the district', async () => {
    const other = { ...post(kind), token: organiserOf(town.theirs) };
    expect(problem(await may('records', other))).toEqual([403, 'forbidden']);
    const { body } = await must('records', { ...post(kind), token: admin });
    const theirs = { ...strike(kind, body.id), token: organiserOf(town.theirs) };
    expect(problem(await may('records', theirs))).toEqual([403, 'forbidden']);
    expect((await must('records', strike(kind, body.id))).body.status).toBe('voided');
  });

  test('are nobody’s to enter or strike out on their own record', async () => {
    const own = { sub: 'lei', role: 'organiser', organisation: town.ours };
    expect(problem(await may('records', { ...post(kind), token: own }))).toEqual([
      403,
      'forbidden',
    ]);
    const { body } = await must('records', post(kind));
    const self = { sub: 'lei', role: 'district-admin' };
    expect(problem(await may('records', { ...strike(kind, body.id), token: self }))).toEqual([
      403,
      'forbidden',
    ]);
  });

  test('are of a volunteer and an organisation that there are', async () => {
    const params = { id: idOf('c', 9) };
    expect(problem(await may('records', { ...post(kind), params }))).toEqual([404, 'not-found']);
    const nowhere = post(kind, { organisationId: idOf('a', 9) });
    const refused = await may('records', { ...nowhere, token: admin });
    expect(problem(refused)).toEqual([422, 'unknown-reference']);
    expect(refused.body.errors[0].pointer).toBe('#/organisationId');
  });

  test('are struck out by their own path only', async () => {
    const { body } = await must('records', post(kind));
    const params = { id: idOf('c', 9), entryId: body.id };
    expect(problem(await may('records', { ...strike(kind, body.id), params }))).toEqual([
      404,
      'not-found',
    ]);
    for (const another of kinds.filter((each) => each !== kind))
      expect(problem(await may('records', strike(another, body.id)))).toEqual([404, 'not-found']);
  });

  test('of a day that has come', async () => {
    const refused = await may('records', post(kind, { date: '2025-10-19' }));
    expect(problem(refused)).toEqual([422, 'invalid-value']);
  });
});

test.each([
  ['trainings', { name: '找13800138000' }, '#/name'],
  ['trainings', { content: '学员11010519491231002X' }, '#/content'],
  ['trainings', { organiser: '电话 138 0013 8000' }, '#/organiser'],
  ['trainings', { studyMinutes: 0 }, '#/studyMinutes'],
  ['commendations', { name: '138-0013-8000' }, '#/name'],
  ['commendations', { awardedBy: '13800138000' }, '#/awardedBy'],
  ['evaluations', { quality: 'best' }, '#/quality'],
] as const)('%s refuse %j', async (kind, changes, pointer) => {
  const refused = await may('records', { ...post(kind), body: { ...bodyOf(kind), ...changes } });
  expect(problem(refused)).toEqual([400, 'invalid-request']);
  expect(refused.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  for (const value of Object.values(changes))
    if (typeof value === 'string' && value.length > 8)
      expect(JSON.stringify(refused.body)).not.toContain(value);
});

test('a reason for striking out names nobody either', async () => {
  const { body } = await must('records', post('trainings'));
  const refused = await may('records', {
    ...strike('trainings', body.id),
    body: { reason: '13800138000' },
  });
  expect(problem(refused)).toEqual([400, 'invalid-request']);
});

test('an organisation evaluates service in activities that it ran or recorded', async () => {
  const theirs = { ...post('evaluations', { organisationId: town.theirs }), token: admin };
  const refused = await may('records', theirs);
  expect(problem(refused)).toEqual([422, 'invalid-value']);
  expect(refused.body.errors[0].pointer).toBe('#/activityId');
  const without = post('evaluations', { organisationId: town.theirs, activityId: null });
  expect((await must('records', { ...without, token: admin })).body.activityId).toBeNull();
});
