import { describe, expect, test } from '@jest/globals';
import type { Campaign } from '../../../events/campaigns.ts';
import {
  close,
  inOrder,
  maxPlanBytes,
  open,
  plan,
  removedKeys,
  revise,
} from '../../../functions/campaigns/decider.ts';
import { rejectionOf, rejectionsOf } from '../../support/given.ts';
import { campaign } from '../../support/samples.ts';

const { status: _, ...asked } = campaign;
const planned: Campaign = { ...campaign, status: 'planned' };
const closed: Campaign = { ...campaign, status: 'closed' };
const [clinic] = campaign.themes as [Campaign['themes'][number]];

test('a year is planned, and not open yet', () => {
  expect(plan(asked)).toEqual({ type: 'CampaignPlanned', data: { campaign: planned } });
});

test('a planned year opens', () => {
  expect(open(planned)).toEqual({ type: 'CampaignOpened', data: { campaign } });
});

test.each(['open', 'closed'] as const)('a year that is %s does not open', (status) => {
  expect(rejectionOf(() => open({ ...campaign, status }))).toEqual({ code: 'illegal-transition' });
});

test('an open year is closed', () => {
  expect(close(campaign)).toEqual({ type: 'CampaignClosed', data: { campaign: closed } });
});

test.each(['planned', 'closed'] as const)('a year that is %s is not closed', (status) => {
  expect(rejectionOf(() => close({ ...campaign, status }))).toEqual({ code: 'illegal-transition' });
});

/** What neither a new plan nor a revised one may be, and where it is refused. */
const wrong: [string, Partial<Omit<Campaign, 'year' | 'status'>>, readonly string[]][] = [
  ['two themes of one key', { themes: [clinic, clinic] }, ['#/themes/1/key']],
  [
    'a theme and a routine of one key',
    { routines: [{ key: clinic.key, title: '乙' }] },
    ['#/routines/0/key'],
  ],
  [
    'a date of another year',
    { themes: [{ ...clinic, dates: ['2024-03-05'] }] },
    ['#/themes/0/dates'],
  ],
  [
    'a date in none of the theme’s months',
    { themes: [{ ...clinic, months: [3], dates: ['2025-03-05', '2025-04-01'] }] },
    ['#/themes/0/dates'],
  ],
  [
    'more than an event may hold',
    {
      themes: Array.from({ length: 24 }, (_, n) => ({
        ...clinic,
        key: `THEME_${n}`,
        content: '学'.repeat(400),
      })),
    },
    ['#/themes'],
  ],
  [
    'several faults',
    {
      themes: [
        { ...clinic, dates: ['2024-03-05'] },
        { ...clinic, dates: ['2025-05-05'] },
      ],
    },
    ['#/themes/1/key', '#/themes/0/dates', '#/themes/1/dates'],
  ],
];

test.each(wrong)('a plan with %s is refused', (_, change, pointers) => {
  expect(rejectionsOf(() => plan({ ...asked, ...change }))).toEqual(
    pointers.map((pointer) => ({ code: 'invalid-value', pointer })),
  );
});

test('a plan may have as many bytes as its event has room for, and not one more', () => {
  const sized = (length: number) => ({
    ...asked,
    themes: [{ ...clinic, content: 'x'.repeat(length) }],
  });
  const room = maxPlanBytes - Buffer.byteLength(JSON.stringify(sized(0)));
  expect(() => plan(sized(room))).not.toThrow();
  expect(rejectionsOf(() => plan(sized(room + 1)))).toEqual([
    { code: 'invalid-value', pointer: '#/themes' },
  ]);
});

describe('a revision', () => {
  test.each([planned, campaign])('of a year changes what is named and leaves the rest', (year) => {
    const changes = { title: '学雷锋', themes: [{ ...clinic, months: [3, 4, 10] }] };
    expect(revise(year, changes)).toEqual({
      type: 'CampaignRevised',
      data: { campaign: { ...year, ...changes } },
    });
  });

  test.each(wrong)('with %s is refused', (_, change, pointers) => {
    expect(rejectionsOf(() => revise(campaign, change))).toEqual(
      pointers.map((pointer) => ({ code: 'invalid-value', pointer })),
    );
  });

  test('of a closed year is refused, also one that adds a theme', () => {
    const themes = [clinic, { ...clinic, key: 'LATE' }];
    expect(rejectionOf(() => revise(closed, { themes }))).toEqual({ code: 'illegal-transition' });
  });

  test('takes those keys out that are there no more', () => {
    const [routine] = campaign.routines as [Campaign['routines'][number]];
    const renamed = { ...campaign, themes: [{ ...clinic, key: 'CLINIC' }], routines: [] };
    expect(removedKeys(campaign, renamed)).toEqual([clinic.key, routine.key]);
    // A theme that becomes a routine service stays in the plan.
    const moved = {
      ...campaign,
      themes: [{ ...clinic, key: routine.key }],
      routines: [{ key: clinic.key, title: '义诊' }],
    };
    expect(removedKeys(campaign, moved)).toEqual([]);
  });
});

describe('a theme', () => {
  const said = { ...clinic, units: [] };

  test('has its months and dates in order, once each', () => {
    const dates = ['2025-10-18', '2025-03-05', '2025-10-18'];
    expect(inOrder({ ...said, months: [10, 3, 10, 4], dates })).toEqual({
      ...said,
      months: [3, 4, 10],
      dates: ['2025-03-05', '2025-10-18'],
    });
  });

  test('without months has those of its dates', () => {
    const dates = ['2025-10-18', '2025-03-05', '2025-10-01'];
    expect(inOrder({ ...said, months: undefined, dates }).months).toEqual([3, 10]);
  });
});
