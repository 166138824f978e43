import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Theme } from '../../../events/campaigns.ts';
import { type DoneByMonth, planAgainstDone } from '../../../functions/totals/plan-against-done.ts';
import { campaign } from '../../support/samples.ts';

const [sample] = campaign.themes as [Theme];
const theme = (key: string, months: number[]): Theme => ({
  ...sample,
  key,
  title: `主题${key}`,
  months,
  dates: [],
});
const routine = { key: 'TRAFFIC', title: '文明交通劝导' };
const plan = {
  themes: [theme('CLINIC', [3, 10]), theme('LAUNCH', [3]), theme('SUMMARY', [12])],
  routines: [routine],
};
const allMonths = Array.from({ length: 12 }, (_, n) => n + 1);
const done = (months: Record<number, Record<string, Record<string, number>>>): DoneByMonth =>
  new Map(
    Object.entries(months).map(([month, themes]) => [
      Number(month),
      new Map(Object.entries(themes)),
    ]),
  );
const nothing = {
  activitiesPublished: null,
  activitiesHeld: null,
  participations: null,
  creditedMinutes: null,
};

describe('of a year', () => {
  const figures = done({
    3: {
      CLINIC: {
        activitiesPublished: 2,
        activitiesHeld: 1,
        participations: 5,
        creditedMinutes: 600,
      },
      TRAFFIC: {
        activitiesPublished: 1,
        activitiesHeld: 1,
        participations: 2,
        creditedMinutes: 90,
      },
      STREET_PARTY: { activitiesPublished: 1 },
    },
    5: {
      CLINIC: { activitiesPublished: 1, activitiesHeld: 1, participations: 0, creditedMinutes: 0 },
      LAUNCH: { activitiesPublished: 1, activitiesHeld: 0 },
    },
  });
  const { themes, routines, notPlanned, withoutActivity } = planAgainstDone(
    plan,
    figures,
    allMonths,
  );

  test('a theme has its months, what was planned and what was done, also outside the plan', () => {
    expect(themes[0]).toEqual({
      key: 'CLINIC',
      title: '主题CLINIC',
      monthsPlanned: [3, 10],
      monthsHeld: [3, 5],
      monthsOutsidePlan: [5],
      activitiesPublished: 3,
      activitiesHeld: 2,
      participations: 5,
      creditedMinutes: 600,
    });
  });

  test('0 is not unknown: what was not held is 0, and what has no line is null', () => {
    expect(themes[1]).toMatchObject({
      key: 'LAUNCH',
      monthsHeld: [],
      activitiesPublished: 1,
      activitiesHeld: 0,
      participations: null,
    });
    expect(themes[2]).toMatchObject({ key: 'SUMMARY', monthsPlanned: [12], ...nothing });
  });

  test('a routine service goes on all year, so no month is outside its plan', () => {
    expect(routines).toEqual([
      {
        ...routine,
        monthsPlanned: null,
        monthsHeld: [3],
        monthsOutsidePlan: [],
        activitiesPublished: 1,
        activitiesHeld: 1,
        participations: 2,
        creditedMinutes: 90,
      },
    ]);
  });

  test('a theme that has figures and left the plan is there, without a title', () => {
    expect(notPlanned).toEqual([
      {
        ...nothing,
        key: 'STREET_PARTY',
        title: null,
        monthsPlanned: null,
        monthsHeld: [],
        monthsOutsidePlan: [],
        activitiesPublished: 1,
      },
    ]);
  });

  test('themes of which nothing was held are named, in the order of the plan', () => {
    expect(withoutActivity).toEqual(['LAUNCH', 'SUMMARY']);
    expect(planAgainstDone(plan, new Map(), allMonths).withoutActivity).toEqual([
      ...['CLINIC', 'LAUNCH', 'SUMMARY', 'TRAFFIC'],
    ]);
  });
});

describe('of a month', () => {
  const keys = (month: number, figures: DoneByMonth) =>
    planAgainstDone(plan, figures, [month]).themes.map(({ key }) => key);

  test('shows the themes that are planned for it, and those with figures in it', () => {
    expect(keys(3, new Map())).toEqual(['CLINIC', 'LAUNCH']);
    expect(keys(4, done({ 3: { SUMMARY: { activitiesHeld: 1 } } }))).toEqual([]);
    expect(keys(4, done({ 4: { SUMMARY: { activitiesHeld: 1 } } }))).toEqual(['SUMMARY']);
  });

  test('adds up that month alone', () => {
    const figures = done({
      3: { CLINIC: { activitiesHeld: 1, participations: 3 } },
      10: { CLINIC: { activitiesHeld: 4, participations: 9 } },
    });
    expect(planAgainstDone(plan, figures, [10]).themes).toMatchObject([
      { key: 'CLINIC', monthsPlanned: [3, 10], monthsHeld: [10], participations: 9 },
    ]);
  });
});

test('every figure stands in exactly one row, and the months add up to the year', () => {
  const keys = ['CLINIC', 'LAUNCH', 'SUMMARY', 'TRAFFIC', 'X', 'Y'];
  const figures = fc
    .array(
      fc.record({
        month: fc.integer({ min: 1, max: 12 }),
        key: fc.constantFrom(...keys),
        participations: fc.nat(1000),
      }),
      { maxLength: 30 },
    )
    .map((all) => {
      const months = new Map<number, Map<string, Record<string, number>>>();
      for (const { month, key, participations } of all)
        months.set(month, (months.get(month) ?? new Map()).set(key, { participations }));
      return months;
    });
  const sumOf = (done: DoneByMonth, months: readonly number[]): number => {
    const { themes, routines, notPlanned } = planAgainstDone(plan, done, months);
    return [...themes, ...routines, ...notPlanned].reduce(
      (sum, { participations }) => sum + (participations ?? 0),
      0,
    );
  };
  fc.assert(
    fc.property(figures, (done) => {
      const all = [...done.values()].flatMap((themes) => [...themes.values()]);
      const wanted = all.reduce((sum, { participations = 0 }) => sum + participations, 0);
      expect(sumOf(done, allMonths)).toBe(wanted);
      const byMonth = allMonths.map((month) => sumOf(done, [month]));
      expect(byMonth.reduce((sum, value) => sum + value, 0)).toBe(wanted);
    }),
  );
});
