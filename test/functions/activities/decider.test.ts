import { describe, expect, test } from '@jest/globals';
import type { Activity } from '../../../events/activities.ts';
import type { Campaign } from '../../../events/campaigns.ts';
import {
  cancel,
  complete,
  type Plan,
  publish,
  revise,
  verify,
} from '../../../functions/activities/decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, campaign } from '../../support/samples.ts';

const { status: _, outcome: __, completedBy: ___, ...plan } = activity;
const statuses = ['published', 'cancelled', 'completed', 'verified'] as const;
const others = (...but: Activity['status'][]) => statuses.filter((status) => !but.includes(status));

/** What a plan may not be, whether it is new or revised. */
const wrongPlans: [
  string,
  Partial<Plan>,
  Campaign | undefined,
  { code: string; pointer: string },
][] = [
  [
    'ends before it starts',
    { startsOn: '2025-10-18', endsOn: '2025-10-17' },
    campaign,
    { code: 'invalid-period', pointer: '#/endsOn' },
  ],
  [
    'lies in two years',
    { startsOn: '2025-12-31', endsOn: '2026-01-01' },
    campaign,
    { code: 'invalid-period', pointer: '#/endsOn' },
  ],
  [
    'is of a year without a campaign',
    {},
    undefined,
    { code: 'campaign-not-open', pointer: '#/startsOn' },
  ],
  [
    'is of a year that is only planned',
    {},
    { ...campaign, status: 'planned' },
    { code: 'campaign-not-open', pointer: '#/startsOn' },
  ],
  [
    'is of a year that is closed',
    {},
    { ...campaign, status: 'closed' },
    { code: 'campaign-not-open', pointer: '#/startsOn' },
  ],
  [
    'has a theme the year does not have',
    { theme: 'BUS_STOP_CLEANUP' },
    campaign,
    { code: 'theme-not-planned', pointer: '#/theme' },
  ],
];

describe('publish', () => {
  test('an activity of an open year', () => {
    expect(publish(plan, campaign)).toEqual({ type: 'ActivityPublished', data: { activity } });
  });

  test.each([
    ['on one day', { startsOn: '2025-03-05', endsOn: '2025-03-05' }],
    ['over the whole year', { startsOn: '2025-01-01', endsOn: '2025-12-31' }],
    ['for a routine service', { theme: 'TRAFFIC_COURTESY' }],
  ])('%s', (_, change) => {
    expect(publish({ ...plan, ...change }, campaign).data.activity).toMatchObject(change);
  });

  test.each(wrongPlans)('an activity that %s is refused', (_, change, year, refusal) => {
    expect(rejectionOf(() => publish({ ...plan, ...change }, year))).toEqual(refusal);
  });
});

describe('revise', () => {
  test('changes what is named and leaves the rest', () => {
    const changes = { title: '秋季义诊', partnerIds: [] };
    expect(revise(activity, changes, campaign)).toEqual({
      type: 'ActivityRevised',
      data: { activity: { ...activity, ...changes } },
    });
  });

  test.each(wrongPlans)('an activity that then %s is refused', (_, change, year, refusal) => {
    expect(rejectionOf(() => revise(activity, change, year))).toEqual(refusal);
  });

  test.each(others('published'))('not once it is %s', (status) => {
    expect(rejectionOf(() => revise({ ...activity, status }, {}, campaign))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('cancel', () => {
  test('says why', () => {
    expect(cancel(activity, '暴雨预警')).toEqual({
      type: 'ActivityCancelled',
      data: { activity: { ...activity, status: 'cancelled' }, reason: '暴雨预警' },
    });
  });

  test.each(others('published'))('not once it is %s', (status) => {
    expect(rejectionOf(() => cancel({ ...activity, status }, 'x'))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('complete', () => {
  const outcome = { beneficiaries: null, outputs: { healthHandbooks: 200 } };
  const today = activity.endsOn;
  const by = { today, actorId: 'o-1', knownOutputs: new Set(['healthHandbooks']) };

  test.each([today, '2025-10-19', '2026-01-01'])('from its last day on: %s', (day) => {
    expect(complete(activity, outcome, { ...by, today: day })).toEqual({
      type: 'ActivityCompleted',
      data: { activity: { ...activity, status: 'completed', outcome, completedBy: 'o-1' } },
    });
  });

  test('not the day before', () => {
    expect(rejectionOf(() => complete(activity, outcome, { ...by, today: '2025-10-17' }))).toEqual({
      code: 'activity-not-ended',
    });
  });

  test.each([
    ['stars', '#/outputs/stars'],
    ['a/b~c', '#/outputs/a~1b~0c'],
    ['constructor', '#/outputs/constructor'],
  ])('an output %s that nobody defined is refused and pointed at', (key, pointer) => {
    const outputs = { healthHandbooks: 1, [key]: 1 };
    expect(rejectionOf(() => complete(activity, { beneficiaries: null, outputs }, by))).toEqual({
      code: 'unknown-reference',
      pointer,
    });
  });

  test.each(others('published'))('not once it is %s', (status) => {
    expect(rejectionOf(() => complete({ ...activity, status }, outcome, by))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('verify', () => {
  test('what was reported', () => {
    const completed = { ...activity, status: 'completed' as const, completedBy: 'o-1' };
    expect(verify(completed)).toEqual({
      type: 'ActivityVerified',
      data: { activity: { ...completed, status: 'verified' } },
    });
  });

  test.each(others('completed'))('not while it is %s', (status) => {
    expect(rejectionOf(() => verify({ ...activity, status }))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('the decisions', () => {
  test('lead an activity from its publication to its verification', () => {
    const by = { today: '2025-10-18', actorId: 'o-1', knownOutputs: new Set<string>() };
    let state: Activity | null = null;
    for (const decide of [
      () => publish(plan, campaign),
      (now: Activity) => revise(now, { title: '秋季义诊' }, campaign),
      (now: Activity) => complete(now, { beneficiaries: null, outputs: {} }, by),
      verify,
    ]) {
      state = decide(state as unknown as Activity)?.data.activity ?? null;
    }
    expect(state).toEqual({
      ...activity,
      title: '秋季义诊',
      status: 'verified',
      outcome: { beneficiaries: null, outputs: {} },
      completedBy: 'o-1',
    });
  });
});
