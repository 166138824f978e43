import { describe, expect, test } from '@jest/globals';
import type { Activity } from '../../../events/activities.ts';
import type { Campaign } from '../../../events/campaigns.ts';
import {
  cancel,
  complete,
  correct,
  type Plan,
  publish,
  reject,
  revise,
  verify,
} from '../../../functions/activities/decider.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, campaign } from '../../support/samples.ts';

const { status: _, outcome: __, rejection: ___, enteredBy: ____, ...plan } = activity;
const statuses = ['published', 'cancelled', 'completed', 'rejected', 'verified'] as const;
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
    { code: 'campaign-closed', pointer: '#/startsOn' },
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
    const moved = { ...activity, theme: 'TRAFFIC_COURTESY' };
    const back = { theme: activity.theme, ...change };
    expect(rejectionOf(() => revise(moved, back, year))).toEqual(refusal);
  });

  test('into another year needs the theme there', () => {
    const moved = { ...activity, startsOn: '2024-10-19', endsOn: '2024-10-19' };
    const { startsOn, endsOn } = activity;
    const year: Campaign = { ...campaign, status: 'closed' };
    expect(rejectionOf(() => revise(moved, { startsOn, endsOn }, year))).toEqual({
      code: 'campaign-closed',
      pointer: '#/startsOn',
    });
  });

  test.each<[string, Campaign]>([
    ['a closed year', { ...campaign, status: 'closed' }],
    ['a year whose plan lacks its theme', { ...campaign, themes: [] }],
  ])('of an activity in %s changes what is no theme', (_, year) => {
    const changes = { title: '秋季义诊', startsOn: activity.startsOn, endsOn: activity.startsOn };
    expect(revise(activity, changes, year).data.activity).toEqual({ ...activity, ...changes });
  });

  test.each(others('published', 'rejected'))('not once it is %s', (status) => {
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

  test.each(others('published', 'rejected'))('not once it is %s', (status) => {
    expect(rejectionOf(() => cancel({ ...activity, status }, 'x'))).toEqual({
      code: 'illegal-transition',
    });
  });
});

const by = { actorId: 'o-1', knownOutputs: new Set(['healthHandbooks', 'rubbishKilograms']) };
const counted = (quantity: number) => ({ quantity, basis: 'counted' as const });
const outcome = { beneficiaries: null, outputs: { healthHandbooks: counted(200) } };
const completed: Activity = {
  ...activity,
  status: 'completed',
  outcome: { ...outcome, beneficiaries: { count: 500, basis: 'counted' } },
  enteredBy: ['o-1'],
};

describe('complete', () => {
  const today = activity.endsOn;
  const report = { beneficiaries: null, outputs: { healthHandbooks: 200 } };
  const done = { ...by, today };

  test.each([today, '2025-10-19', '2026-01-01'])('from its last day on: %s', (day) => {
    expect(complete(activity, report, { ...done, today: day })).toEqual({
      type: 'ActivityCompleted',
      data: { activity: { ...activity, status: 'completed', outcome, enteredBy: ['o-1'] } },
    });
  });

  test('not the day before', () => {
    expect(rejectionOf(() => complete(activity, report, { ...done, today: '2025-10-17' }))).toEqual(
      { code: 'activity-not-ended' },
    );
  });

  test('with estimates, and kilograms with a decimal', () => {
    const outputs = {
      healthHandbooks: { quantity: 200, basis: 'estimated' as const },
      rubbishKilograms: 68.5,
    };
    const { outcome } = complete(activity, { beneficiaries: null, outputs }, done).data.activity;
    expect(outcome?.outputs).toEqual({ ...outputs, rubbishKilograms: counted(68.5) });
  });

  test.each([
    ['stars', 1, 'unknown-reference', '#/outputs/stars'],
    ['a/b~c', 1, 'unknown-reference', '#/outputs/a~1b~0c'],
    ['constructor', 1, 'unknown-reference', '#/outputs/constructor'],
    ['newRegistrations', 1, 'figure-is-computed', '#/outputs/newRegistrations'],
    ['newTeams', 1, 'figure-is-computed', '#/outputs/newTeams'],
    ['firstServiceWithin60Days', 1, 'figure-is-computed', '#/outputs/firstServiceWithin60Days'],
    ['healthHandbooks', 0.5, 'invalid-value', '#/outputs/healthHandbooks'],
  ])('an output %s of %p is refused and pointed at', (key, quantity, code, pointer) => {
    const outputs = { rubbishKilograms: 1, [key]: quantity };
    expect(rejectionOf(() => complete(activity, { beneficiaries: null, outputs }, done))).toEqual({
      code,
      pointer,
    });
  });

  test.each(others('published', 'rejected'))('not once it is %s', (status) => {
    expect(rejectionOf(() => complete({ ...activity, status }, report, done))).toEqual({
      code: 'illegal-transition',
    });
  });

  test('again after it was sent back, by whom is added', () => {
    const rejected: Activity = { ...completed, status: 'rejected', rejection: '人数不符' };
    expect(complete(rejected, report, { ...done, actorId: 'o-2' }).data.activity).toEqual({
      ...completed,
      outcome,
      enteredBy: ['o-1', 'o-2'],
    });
  });

  describe('of an activity of', () => {
    const nothing = { beneficiaries: null, outputs: {} };
    const lasting = (endsOn: string): Activity => ({ ...activity, startsOn: '2025-03-01', endsOn });
    const beneficiaries = { count: 50, basis: 'counted' as const };

    test('31 days: its figures count in one month or the next', () => {
      expect(complete(lasting('2025-03-31'), report, done).type).toBe('ActivityCompleted');
    });

    test.each<[string, Parameters<typeof complete>[1], string]>([
      ['outputs', report, '#/outputs'],
      ['an output of 0', { ...nothing, outputs: { healthHandbooks: 0 } }, '#/outputs'],
      ['beneficiaries', { ...nothing, beneficiaries }, '#/beneficiaries'],
    ])('32 days with %s is refused', (_, given, pointer) => {
      expect(rejectionOf(() => complete(lasting('2025-04-01'), given, done))).toEqual({
        code: 'outcome-over-many-days',
        pointer,
      });
    });

    test('32 days without figures', () => {
      expect(complete(lasting('2025-04-01'), nothing, done).type).toBe('ActivityCompleted');
    });
  });
});

describe('verify', () => {
  test('what was reported', () => {
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

describe('reject', () => {
  test('says why and keeps what was reported', () => {
    expect(reject(completed, '人数不符')).toEqual({
      type: 'ActivityRejected',
      data: {
        activity: { ...completed, status: 'rejected', rejection: '人数不符' },
        reason: '人数不符',
      },
    });
  });

  test.each(others('completed'))('not while it is %s', (status) => {
    expect(rejectionOf(() => reject({ ...activity, status }, 'x'))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('correct', () => {
  const change = { beneficiaries: { count: 50, basis: 'counted' as const } };
  const why = { ...by, actorId: 'o-2', reason: '多录了一个零' };

  test.each(['completed', 'verified'] as const)('what is %s, which waits again', (status) => {
    expect(correct({ ...completed, status }, change, why)).toEqual({
      type: 'ActivityCorrected',
      data: {
        activity: {
          ...completed,
          outcome: { ...outcome, ...change },
          enteredBy: ['o-1', 'o-2'],
        },
        before: completed.outcome,
        reason: '多录了一个零',
      },
    });
  });

  test('to outputs that may not be reported is refused', () => {
    expect(rejectionOf(() => correct(completed, { outputs: { newTeams: 1 } }, why))).toEqual({
      code: 'figure-is-computed',
      pointer: '#/outputs/newTeams',
    });
  });

  test.each(others('completed', 'verified'))('not while it is %s', (status) => {
    expect(rejectionOf(() => correct({ ...activity, status }, change, why))).toEqual({
      code: 'illegal-transition',
    });
  });
});

describe('the decisions', () => {
  test('lead an activity from its publication to its verification', () => {
    const done = { ...by, today: '2025-10-18' };
    let state: Activity | null = null;
    for (const decide of [
      () => publish(plan, campaign),
      (now: Activity) => revise(now, { title: '秋季义诊' }, campaign),
      (now: Activity) => complete(now, { beneficiaries: null, outputs: {} }, done),
      (now: Activity) => reject(now, '没有填报'),
      (now: Activity) => complete(now, { beneficiaries: null, outputs: {} }, done),
      verify,
    ]) {
      state = decide(state as unknown as Activity)?.data.activity ?? null;
    }
    expect(state).toEqual({
      ...activity,
      title: '秋季义诊',
      status: 'verified',
      outcome: { beneficiaries: null, outputs: {} },
      enteredBy: ['o-1'],
    });
  });
});
