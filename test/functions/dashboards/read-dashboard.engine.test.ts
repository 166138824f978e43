import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Activity } from '../../../events/activities.ts';
import type { DomainEvent } from '../../../events/catalogue.ts';
import type { Hours } from '../../../events/participation.ts';
import { handler } from '../../../functions/dashboards/api.ts';
import { listLines } from '../../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../../functions/dashboards/read-dashboard.ts';
import { baseMetrics, metricsOf } from '../../../functions/figures/metrics.ts';
import {
  figureOf,
  marksOf,
  standing,
  standingBy,
  type Where,
  wheres,
} from '../../support/figures.ts';
import { history } from '../../support/history.ts';
import { ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { activity, eventOf, hours, idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const metrics = metricsOf({});
const read = ({ period, area, theme }: Where) => readDashboard({ period, areaId: area, theme });
const whole = (period: string): Where => ({ period, area: null, theme: null });
const value = async (period: string, metric: string) =>
  (await read(whole(period))).metrics[metric]?.value;

/** Adds up all pages of the lines behind a figure; null when there is none. */
const addedUp = async ({ period, area, theme }: Where, metric: string, limit: number) => {
  const ids: string[] = [];
  let sum = 0;
  let estimated = 0;
  let cursor: string | undefined;
  do {
    const page = await listLines({
      period,
      metric,
      limit,
      cursor,
      ...(area === null ? {} : { area }),
      ...(theme === null ? {} : { theme }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    for (const line of page.items) {
      ids.push(line.id);
      sum += line.value ?? 0;
      estimated += line.estimated ?? 0;
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(new Set(ids).size).toBe(ids.length);
  return { sum, estimated };
};

/** A figure as the plain fold has it: null when nothing says anything. */
const expectedOf = (marks: ReturnType<typeof marksOf>, where: Where, name: string) => {
  const began = standing[name];
  if (began === undefined) return figureOf(marks, name, where)?.value ?? null;
  return where.theme === null ? (standingBy(marks, began, where) ?? null) : null;
};

const played = async (events: readonly DomainEvent[]) => {
  await freshTables();
  await deliver(events);
  return marksOf(events);
};

describe('for any history', () => {
  test('a dashboard says what the plain fold says, and its parts sum to it', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (events) => {
        const marks = await played(events);
        for (const where of wheres(marks)) {
          const dashboard = await read(where);
          for (const name of Object.keys(metrics)) {
            const expected = expectedOf(marks, where, name);
            const shown = dashboard.metrics[name];
            if (expected === null && !Object.hasOwn(baseMetrics, name))
              expect(shown).toBeUndefined();
            else expect([name, shown?.value]).toEqual([name, expected]);
          }
          expect(dashboard.metrics.beneficiaries?.estimated).toBe(
            figureOf(marks, 'beneficiariesEstimated', where)?.value ?? null,
          );
          for (const [name, { aggregation }] of Object.entries(metrics)) {
            if (aggregation !== 'sum') continue;
            const total = dashboard.metrics[name]?.value ?? 0;
            const partsOf = (parts: typeof dashboard.breakdown.area) =>
              Object.values(parts).reduce((sum, part) => sum + (part[name]?.value ?? 0), 0);
            if (where.area === null) expect(partsOf(dashboard.breakdown.area)).toBe(total);
            if (where.theme === null && name !== 'volunteersRegistered')
              expect(partsOf(dashboard.breakdown.theme)).toBe(total);
          }
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  test('the months sum to the year', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (events) => {
        const marks = await played(events);
        for (const year of ['2025', '2026']) {
          const months = marks.map(({ month }) => month).filter((month) => month.startsWith(year));
          const parts = await Promise.all([...new Set(months)].map((month) => read(whole(month))));
          const total = await read(whole(year));
          for (const [name, { aggregation }] of Object.entries(metrics)) {
            if (aggregation !== 'sum') continue;
            const sum = parts.reduce((so, part) => so + (part.metrics[name]?.value ?? 0), 0);
            expect([name, total.metrics[name]?.value ?? 0]).toEqual([name, sum]);
          }
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  test('all pages of the lines behind a figure add up to it', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 4 }), async (events, limit) => {
        const marks = await played(events);
        const names = [...Object.keys(baseMetrics), 'outputs.healthHandbooks'];
        // One area and one theme are enough: which they are is as random as the rest.
        const [anArea] = marks.map(({ area }) => area);
        const [aTheme] = marks.flatMap(({ theme }) => theme ?? []);
        for (const where of wheres(marks)) {
          if ((where.area ?? anArea) !== anArea || (where.theme ?? aTheme) !== aTheme) continue;
          for (const name of names) {
            const { sum, estimated } = await addedUp(where, name, limit);
            const at = JSON.stringify({ name, ...where });
            expect([at, sum]).toEqual([at, expectedOf(marks, where, name) ?? 0]);
            if (name === 'beneficiaries')
              expect(estimated).toBe(figureOf(marks, 'beneficiariesEstimated', where)?.value ?? 0);
          }
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

describe('others’ bugs', () => {
  beforeEach(freshTables);

  const verified = (n: number, change: Partial<Hours> = {}, version = 2) =>
    eventOf(
      {
        type: 'HoursVerified',
        data: { hours: { ...hours, ...change, status: 'verified', verifiedBy: 'v' } },
      },
      { id: idOf('d', n), version },
    );
  const voided = (n: number) =>
    eventOf(
      { type: 'HoursVoided', data: { hours: { ...hours, status: 'voided' }, reason: 'x' } },
      { id: idOf('d', n), version: 3 },
    );
  const done = (change: Partial<Activity> = {}) =>
    eventOf(
      {
        type: 'ActivityVerified',
        data: { activity: { ...activity, ...change, status: 'verified' } },
      },
      { id: hours.activityId, version: 3 },
    );

  test('an activity that nobody came to was not held', async () => {
    await deliver([done()]);
    expect(await value('2025-10', 'activitiesPublished')).toBe(1);
    expect(await value('2025-10', 'activitiesHeld')).toBeNull();
    await deliver([verified(1)]);
    expect(await value('2025-10', 'activitiesHeld')).toBe(1);
  });

  test('nor was one whose last participation was struck out', async () => {
    await deliver([done(), verified(1), verified(2)]);
    await deliver([voided(1)]);
    expect(await value('2025', 'activitiesHeld')).toBe(1);
    await deliver([voided(2)]);
    expect(await value('2025', 'activitiesHeld')).toBeNull();
    expect(await value('2025', 'participations')).toBeNull();
    expect((await listLines({ period: '2025', metric: 'activitiesHeld', limit: 9 })).items).toEqual(
      [],
    );
  });

  test('one that was cancelled is not among those published', async () => {
    const id = { id: idOf('b', 1) };
    await deliver([eventOf({ type: 'ActivityPublished', data: { activity } }, id)]);
    expect(await value('2025-10', 'activitiesPublished')).toBe(1);
    const cancelled = { ...activity, status: 'cancelled' as const };
    await deliver([
      eventOf(
        { type: 'ActivityCancelled', data: { activity: cancelled, reason: '暴雨' } },
        { ...id, version: 2 },
      ),
    ]);
    expect(await value('2025-10', 'activitiesPublished')).toBeNull();
    expect(await value('2025', 'activitiesPublished')).toBeNull();
  });

  test('31 December and 1 January stay where they are', async () => {
    await deliver([
      verified(1, { serviceDate: '2025-12-31', creditedMinutes: 30 }),
      verified(2, { serviceDate: '2026-01-01', creditedMinutes: 50 }),
    ]);
    for (const [period, minutes] of [
      ['2025-12', 30],
      ['2025', 30],
      ['2026-01', 50],
      ['2026', 50],
    ] as const)
      expect([period, await value(period, 'creditedMinutes')]).toEqual([period, minutes]);
    expect(await value('2026-12', 'creditedMinutes')).toBeNull();
    expect(await value('2025-01', 'creditedMinutes')).toBeNull();
  });

  test('a volunteer at two activities is one person, and two person-times', async () => {
    await deliver([
      verified(1, { areaId: 'a', theme: 'T', activityId: idOf('b', 1) }),
      verified(2, { areaId: 'b', theme: 'T', activityId: idOf('b', 2) }),
      verified(3, { areaId: 'a', theme: 'T', serviceDate: '2025-11-01' }),
    ]);
    const month = await read(whole('2025-10'));
    expect(month.metrics.distinctVolunteers?.value).toBe(1);
    expect(month.metrics.participations?.value).toBe(2);
    expect(month.breakdown.area.a?.distinctVolunteers?.value).toBe(1);
    expect(month.breakdown.area.b?.distinctVolunteers?.value).toBe(1);
    expect(month.breakdown.theme.T?.distinctVolunteers?.value).toBe(1);
    const year = await read(whole('2025'));
    expect(year.metrics.distinctVolunteers?.value).toBe(1);
    expect(year.metrics.participations?.value).toBe(3);
  });

  test('an empty month is unknown, not 0', async () => {
    const { metrics: shown, asOf, breakdown } = await read(whole('2025-05'));
    expect(asOf).toBeNull();
    expect(breakdown).toEqual({ area: {}, theme: {} });
    expect(Object.keys(shown)).toEqual(Object.keys(baseMetrics));
    for (const { value: figure } of Object.values(shown)) expect(figure).toBeNull();
  });

  test('an area that everybody registered in has moved out of is as if nobody ever had', async () => {
    const registered = (areaId: string, version: number) =>
      eventOf(
        { type: 'VolunteerConfirmed', data: { volunteer: { ...volunteer, areaId } } },
        { id: idOf('c', 1), version },
      );
    await deliver([registered('a', 2)]);
    await deliver([registered('b', 3)]);
    const { breakdown } = await read(whole('2025'));
    expect(Object.keys(breakdown.area)).toEqual(['b']);
    const { metrics: there } = await read({ period: '2025', area: 'a', theme: null });
    expect(there.registeredVolunteers?.value).toBeNull();
  });

  test('kilograms have one decimal, and estimates stay apart', async () => {
    const outcome = {
      beneficiaries: null,
      outputs: {
        rubbishKilograms: { quantity: 68.5, basis: 'counted' as const },
        healthHandbooks: { quantity: 200, basis: 'estimated' as const },
      },
    };
    await deliver([done({ outcome })]);
    const { metrics } = await read(whole('2025'));
    expect(metrics['outputs.rubbishKilograms']).toEqual({
      value: 68.5,
      unit: 'kg',
      unitZh: '公斤',
      aggregation: 'sum',
      estimated: null,
    });
    expect(metrics['outputs.healthHandbooks']).toMatchObject({ value: null, estimated: 200 });
  });

  test('a reported 0 is 0', async () => {
    const outcome = {
      beneficiaries: { count: 0, basis: 'counted' as const },
      outputs: { healthHandbooks: { quantity: 0, basis: 'counted' as const } },
    };
    await deliver([done({ outcome })]);
    expect(await value('2025-10', 'beneficiaries')).toBe(0);
    expect(await value('2025-10', 'outputs.healthHandbooks')).toBe(0);
  });

  const registered = (n: number, areaId: string, day: string) =>
    eventOf(
      {
        type: 'VolunteerRegistered',
        data: { volunteer: { ...volunteer, areaId, registeredOn: day, confirmedOn: day } },
      },
      { id: idOf('c', n) },
    );

  test('who registered earlier is still registered, this month and next year', async () => {
    await deliver([registered(1, 'a', '2024-12-31'), registered(2, 'a', '2025-03-05')]);
    for (const [period, expected] of [
      ['2024-11', null],
      ['2024-12', 1],
      ['2024', 1],
      ['2025-02', 1],
      ['2025-03', 2],
      ['2025', 2],
      ['2026', 2],
    ] as const)
      expect([period, await value(period, 'registeredVolunteers')]).toEqual([period, expected]);
    expect(await value('2025', 'volunteersRegistered')).toBe(1);
  });

  test('the registered of all areas sum to those of the district, also in a quiet month', async () => {
    await deliver([registered(1, 'a', '2025-03-05'), registered(2, 'b', '2025-04-05')]);
    for (const period of ['2025-04', '2025-05']) {
      const { metrics: all, breakdown } = await read(whole(period));
      const parts = Object.values(breakdown.area).map(
        (part) => part.registeredVolunteers?.value ?? 0,
      );
      expect(all.registeredVolunteers?.value).toBe(2);
      expect([period, parts.reduce((sum, part) => sum + part, 0)]).toEqual([period, 2]);
    }
  });

  test('asOf is the newest event in the figures, in whatever order they came', async () => {
    const at = (n: number, day: number) =>
      eventOf(
        { type: 'HoursLogged', data: { hours } },
        { id: idOf('d', n), at: Date.UTC(2025, 9, day) },
      );
    await deliver([at(1, 20)]);
    await deliver([at(2, 19)]);
    expect((await read(whole('2025-10'))).asOf).toBe('2025-10-20T00:00:00.000Z');
  });
});

describe('over HTTP', () => {
  beforeEach(freshTables);
  const lines = { route: 'GET /dashboards/{month}/lines', params: { month: '2025-10' } };
  const token = { sub: 'somebody', role: 'verifier' };

  test('anybody reads a dashboard', async () => {
    await deliver([eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', 1) })]);
    const month = { route: 'GET /dashboards/{month}', params: { month: '2025-10' } };
    const { status, body } = await ask(handler, month);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      period: '2025-10',
      filter: { area: null, theme: null },
      status: 'open',
      asOf: '2025-10-18T06:00:00.000Z',
      metrics: {
        pendingMinutes: { value: 180, unit: 'minutes', aggregation: 'sum' },
        beneficiaries: { value: null, estimated: null },
      },
    });
    const year = { route: 'GET /totals/{year}', params: { year: '2025' }, query: { area: 'x' } };
    expect((await ask(handler, year)).body).toMatchObject({
      filter: { area: 'x', theme: null },
      metrics: { pendingMinutes: { value: null } },
    });
  });

  test('staff read what is behind it, a volunteer does not', async () => {
    await deliver([eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', 1) })]);
    const query = { metric: 'pendingMinutes' };
    const { status, body } = await ask(handler, { ...lines, query, token });
    expect(status).toBe(200);
    expect(body).toEqual({
      period: '2025-10',
      metric: 'pendingMinutes',
      unit: 'minutes',
      unitZh: '分钟',
      items: [
        {
          id: idOf('d', 1),
          kind: 'hours',
          month: '2025-10',
          area: hours.areaId,
          theme: hours.theme,
          value: 180,
          version: 1,
          recordedAt: '2025-10-18T06:00:00.000Z',
          entry: hours,
        },
      ],
      next: null,
    });
    const other = { sub: 'somebody', role: 'volunteer' };
    expect((await ask(handler, { ...lines, query, token: other })).status).toBe(403);
    expect((await ask(handler, { ...lines, query })).status).toBe(401);
  });

  test.each(['stars', 'constructor', 'volunteersRegistered '])('no metric %j', async (metric) => {
    const { status, body } = await ask(handler, { ...lines, query: { metric }, token });
    expect([status, body.type]).toEqual([400, 'urn:leifeng:problem:unknown-metric']);
  });

  test('a cursor is good for its own list only', async () => {
    const entry = (n: number) =>
      eventOf({ type: 'HoursLogged', data: { hours } }, { id: idOf('d', n) });
    await deliver([entry(1), entry(2), entry(3)]);
    const query = { metric: 'pendingMinutes', limit: '1' };
    const first = await ask(handler, { ...lines, query, token });
    const cursor = first.body.next as string;
    expect((await ask(handler, { ...lines, query: { ...query, cursor }, token })).status).toBe(200);
    const [month = '', inner = ''] = cursor.split('.');
    for (const wrong of [
      { ...query, cursor: 'nonsense' },
      { ...query, cursor: `${month}.nonsense` },
      { ...query, cursor: `2025-11.${inner}` },
      { ...query, metric: 'creditedMinutes', cursor },
      { ...query, area: 'elsewhere', cursor },
      { ...query, cursor: `${month}.${Buffer.from('null').toString('base64url')}` },
      { ...query, cursor: `${month}.${Buffer.from('{"pk":{}}').toString('base64url')}` },
    ]) {
      const { status, body } = await ask(handler, { ...lines, query: wrong, token });
      expect([wrong.cursor, status, body.type]).toEqual([
        wrong.cursor,
        400,
        'urn:leifeng:problem:invalid-cursor',
      ]);
    }
  });
});
