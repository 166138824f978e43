import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { areaId, uuid } from '../../../events/envelope.ts';
import { isCommand, type Route } from '../../../functions/http/contract.ts';
import { contracts } from '../../../functions/reference/contracts.ts';
import { exampleOfBody } from '../../../functions/reference/exemplify.ts';
import { takesBody } from '../../../functions/reference/names.ts';
import { idOf } from '../../support/samples.ts';

const named = Object.entries(contracts).flatMap(([slice, contract]) =>
  Object.entries<Route>(contract).map(([name, route]) => ({ slice, name, route })),
);
const routes = named.map(({ route }) => route);
const ok = (schema: Route['body'], input: unknown) => schema.safeParse(input).success;

const activity = {
  title: '义诊',
  content: '量血压',
  theme: 'FREE_CLINIC',
  areaId: 'hongqi-01',
  organisationId: idOf('a', 1),
  startsOn: '2025-10-18',
  endsOn: '2025-10-18',
  risk: { level: 'ordinary', notice: '站立时间较长' },
};
const entry = {
  volunteerId: idOf('c', 1),
  attendedMinutes: 60,
  origin: 'leader-roll',
};
describe.each(named.map((each) => [each.route.key, each] as const))('%s', (key, each) => {
  const { slice, name: operation, route } = each;
  test('takes nothing that it does not know', () => {
    const params = Object.fromEntries(
      [...key.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
        const value =
          {
            ...{ year: '2025', month: '2025-10', date: '2025-10-18' },
            ...{ purpose: 'publicity', part: 'problems' },
            number: '251018-48392071-11',
            ...{ list: '2025-1', n: '1' },
          }[name] ?? idOf('d', 1);
        if (key.includes('/sheets/{id}')) return [name, `${idOf('b', 1)}~2025-10-18~1`];
        return [name, key.includes('/areas/') ? 'hongqi-01' : value];
      }),
    );
    const query = key.endsWith('/lines')
      ? { metric: 'creditedMinutes' }
      : key === 'GET /hours'
        ? { volunteerId: idOf('c', 1) }
        : key === 'POST /volunteers/import'
          ? { consentVersion: '2025-1' }
          : key === 'GET /volunteers'
            ? { areaId: 'hongqi-01' }
            : key.endsWith('/proofs')
              ? { year: '2025' }
              : key === 'GET /pages/months/{month}/open'
                ? { what: 'waitingEntries' }
                : {};
    const body = route.file
      ? new Uint8Array()
      : isCommand(route) && takesBody(route)
        ? (exampleOfBody(slice, operation, route) as object)
        : {};
    expect(ok(route.params, params)).toBe(true);
    expect(ok(route.query, query)).toBe(true);
    expect(ok(route.body, body)).toBe(true);
    expect(ok(route.params, { ...params, other: 'x' })).toBe(false);
    // The identity provider adds parameters of its own.
    expect(ok(route.query, { ...query, other: 'x' })).toBe(route.key === 'GET /pages/callback');
    expect(ok(route.body, { ...body, other: 1 })).toBe(false);
  });
});

const jsonOf = (schema: z.ZodType): z.core.JSONSchema.JSONSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
const patternsOfIds: readonly unknown[] = [areaId, uuid].map((id) => jsonOf(id).pattern);
/** The fields at any depth that take one id. */
const idsIn = (schema: z.core.JSONSchema._JSONSchema): readonly string[] =>
  typeof schema === 'boolean'
    ? []
    : [
        ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
          typeof inner === 'object' && patternsOfIds.includes(inner.pattern)
            ? [name]
            : idsIn(inner),
        ),
        ...(typeof schema.items === 'object' && !Array.isArray(schema.items)
          ? idsIn(schema.items)
          : []),
      ];

test.each(routes.map((route) => [route.key, route] as const))(
  '%s: a field that takes an id ends in Id, in queries and bodies',
  (_, { query, body, file }) => {
    const names = [query, ...(file ? [] : [body])].flatMap((part) => idsIn(jsonOf(part)));
    expect(names.filter((name) => !name.endsWith('Id'))).toEqual([]);
  },
);

test('the fields that take an id are found', () => {
  const { listHours } = contracts.participation;
  expect(idsIn(jsonOf(listHours.query))).toEqual([
    'volunteerId',
    'activityId',
    'organisationId',
    'areaId',
  ]);
  const { publishActivity } = contracts.activities;
  expect(idsIn(jsonOf(publishActivity.body))).toContain('areaId');
});

const { enterHours, correctHours, rejectHours, listHours } = contracts.participation;
const roll = (...entries: readonly object[]) => ({ entries });
const correction = (changes: object) => ({
  entries: [{ volunteerId: idOf('c', 1), ...changes }],
  reason: '更正',
});
const { publishActivity, completeActivity, reviseActivity, listActivities } = contracts.activities;

describe('hours', () => {
  test.each([1, 1440])('%p minutes', (attendedMinutes) => {
    expect(ok(enterHours.body, roll({ ...entry, attendedMinutes }))).toBe(true);
  });

  test.each([0, -1, 1441, 1.5, '60', null, Number.NaN, Number.POSITIVE_INFINITY])(
    'not %p minutes',
    (minutes) => {
      expect(ok(enterHours.body, roll({ ...entry, attendedMinutes: minutes }))).toBe(false);
      expect(ok(enterHours.body, roll({ ...entry, creditedMinutes: minutes }))).toBe(false);
      expect(ok(correctHours.body, correction({ creditedMinutes: minutes }))).toBe(false);
    },
  );

  test.each(['2025-02-28', '2024-02-29', '2025-12-31'])('on %s', (serviceDate) => {
    expect(ok(enterHours.params, { id: idOf('b', 1), date: serviceDate })).toBe(true);
  });

  test.each([
    ...['2025-02-29', '2025-02-30', '2025-04-31', '2025-13-01', '2025-00-10', '2025-01-00'],
    ...['2100-02-29', '2025-1-1', '20250101', '2025-10-18T00:00:00Z', ' 2025-10-18', '', 20251018],
  ])('not on %p', (serviceDate) => {
    expect(ok(enterHours.params, { id: idOf('b', 1), date: serviceDate })).toBe(false);
  });

  test('no more credited than attended; as many are', () => {
    expect(ok(enterHours.body, roll({ ...entry, creditedMinutes: 60 }))).toBe(true);
    expect(ok(enterHours.body, roll({ ...entry, creditedMinutes: 61 }))).toBe(false);
  });

  test('a status, a name or who entered it are not for the client to say', () => {
    for (const more of [{ status: 'verified' }, { enteredBy: 'x' }, { name: '雷锋' }])
      expect(ok(enterHours.body, roll({ ...entry, ...more }))).toBe(false);
  });

  test.each([
    [0, false],
    [1, true],
    [200, true],
    [201, false],
  ])('a sheet of %i: %p', (length, expected) => {
    expect(ok(enterHours.body, roll(...Array(length).fill(entry)))).toBe(expected);
  });

  test.each([{}, { reason: 'x' }, roll(), { ...roll({ volunteerId: idOf('c', 1) }), reason: ' ' }])(
    'a correction has lines and a reason: not %j',
    (body) => {
      expect(ok(correctHours.body, body)).toBe(false);
    },
  );

  test('a reason is up to 200 characters, and not blank', () => {
    expect(ok(rejectHours.body, { entries: 'all', reason: '因'.repeat(200) })).toBe(true);
    for (const reason of ['', '  ', '因'.repeat(201)])
      expect(ok(rejectHours.body, { entries: 'all', reason })).toBe(false);
  });

  test('are listed by volunteer, activity, organisation or area', () => {
    expect(ok(listHours.query, {})).toBe(false);
    expect(ok(listHours.query, { status: 'pending' })).toBe(false);
    for (const by of [
      { activityId: idOf('b', 1) },
      { areaId: 'hongqi' },
      { organisationId: idOf('a', 1) },
    ])
      expect(ok(listHours.query, { ...by, status: 'pending' })).toBe(true);
  });
});

describe('an activity', () => {
  test.each([
    [{ level: 'high', notice: '高空' }, false],
    [{ level: 'high', notice: '高空', insurance: null }, false],
    [{ level: 'high', notice: '高空', insurance: '意外险 123' }, true],
    [{ level: 'ordinary', notice: '' }, false],
    [{ level: 'ordinary' }, false],
  ])('with the risk %j: %p', (risk, expected) => {
    expect(ok(publishActivity.body, { ...activity, risk })).toBe(expected);
    expect(ok(reviseActivity.body, { risk })).toBe(expected);
  });

  test('names each partner once, and up to twenty', () => {
    const partners = (length: number) => Array.from({ length }, (_, n) => idOf('a', n));
    expect(ok(publishActivity.body, { ...activity, partnerIds: partners(20) })).toBe(true);
    expect(ok(publishActivity.body, { ...activity, partnerIds: partners(21) })).toBe(false);
    const twice = [idOf('a', 1), idOf('a', 1)];
    expect(ok(publishActivity.body, { ...activity, partnerIds: twice })).toBe(false);
  });

  test.each([{}, { organisationId: idOf('a', 2) }, { status: 'verified' }])(
    'is not revised by %j',
    (body) => {
      expect(ok(reviseActivity.body, body)).toBe(false);
    },
  );

  test.each([
    [{ beneficiaries: { count: 80, basis: 'counted' } }, true],
    [{ beneficiaries: { count: 0, basis: 'estimated' } }, true],
    [{ beneficiaries: null }, true],
    [{}, true],
    [{ beneficiaries: { count: -1, basis: 'counted' } }, false],
    [{ beneficiaries: { count: 1.5, basis: 'counted' } }, false],
    [{ beneficiaries: { count: 1 } }, false],
    [{ beneficiaries: { count: 1, basis: 'counted', names: [] } }, false],
    [{ outputs: { healthHandbooks: -1 } }, false],
    [{ outputs: { healthHandbooks: '5' } }, false],
  ])('is completed with %j: %p', (body, expected) => {
    expect(ok(completeActivity.body, body)).toBe(expected);
  });

  test('no answer says who reported it', () => {
    expect(completeActivity.answer.shape).not.toHaveProperty('enteredBy');
  });
});

describe('lists', () => {
  test('have 50 on a page unless told, and 100 at most', () => {
    expect(listActivities.query.parse({}).limit).toBe(50);
    expect(listActivities.query.parse({ limit: '100' }).limit).toBe(100);
    for (const limit of ['0', '101', '-1', '1.5', 'all', ''])
      expect(ok(listActivities.query, { limit })).toBe(false);
  });

  test.each([
    ['2025-10', true],
    ['2025-00', false],
    ['2025-13', false],
    ['2025-1', false],
    ['1999-12', false],
    ['2025-10-01', false],
    ['2025-10\n', false],
  ])('month %j: %p', (month, expected) => {
    expect(ok(listActivities.query, { month })).toBe(expected);
    expect(ok(contracts.dashboards.readMonth.params, { month })).toBe(expected);
  });
});

describe('a campaign', () => {
  const theme = { key: 'A', title: '甲', months: [3] };
  const { planCampaign } = contracts.campaigns;

  test.each([
    [{ year: 2025, plan: 'learn-from-lei-feng' }, true],
    [{ year: 2025, title: '活动', themes: [theme] }, true],
    [{ year: 2025 }, false],
    [{ year: 2025, title: '活动' }, false],
    [{ year: 2025, plan: 'another' }, false],
    [{ year: '2025', plan: 'learn-from-lei-feng' }, false],
    [{ year: 1999, plan: 'learn-from-lei-feng' }, false],
    [{ year: 2025, title: '活动', themes: [{ ...theme, months: [1, 12] }] }, true],
    [{ year: 2025, title: '活动', themes: [{ ...theme, months: [13] }] }, false],
    [{ year: 2025, title: '活动', themes: [{ ...theme, months: [] }] }, false],
    [{ year: 2025, title: '活动', themes: [{ key: 'A', title: '甲' }] }, false],
    [
      { year: 2025, title: '活动', themes: [{ key: 'A', title: '甲', dates: ['2025-03-05'] }] },
      true,
    ],
    [{ year: 2025, title: '活动', themes: [{ ...theme, dates: ['2025-02-29'] }] }, false],
    [{ year: 2025, title: '活动', themes: [{ ...theme, month: 3 }] }, false],
  ])('%j: %p', (body, expected) => {
    expect(ok(planCampaign.body, body)).toBe(expected);
  });
});
