import { expect, test } from '@jest/globals';
import type { Activity } from '../../../events/activities.ts';
import { project } from '../../../functions/activities/projection.ts';
import type { ActivityFigures } from '../../../functions/views/projection.ts';
import { activity, eventOf, idOf } from '../../support/samples.ts';

type Reported = NonNullable<Activity['outcome']>;

const measuresFor = (
  beneficiaries: Reported['beneficiaries'],
  outputs: Reported['outputs'] = {},
) => {
  const verified: Activity = {
    ...activity,
    status: 'verified',
    outcome: { beneficiaries, outputs },
  };
  const event = eventOf(
    { type: 'ActivityVerified', data: { activity: verified } },
    { id: idOf('b', 1) },
  );
  return (project(event).figures as ActivityFigures).measures;
};

test.each([
  [0, false],
  [50, false],
  [100, true],
  [150, false],
  [1000, true],
  [1001, false],
])('%d people served are an exact hundred: %s', (count, isExact) => {
  expect(measuresFor({ count, basis: 'counted' })).toEqual({
    beneficiaries: count,
    beneficiaryReports: 1,
    outcomesWithoutOutputs: 1,
    ...(isExact ? { exactHundreds: 1 } : {}),
  });
  expect(measuresFor({ count, basis: 'estimated' })).toEqual({
    beneficiariesEstimated: count,
    beneficiaryReportsEstimated: 1,
    outcomesWithoutOutputs: 1,
    ...(isExact ? { exactHundredsEstimated: 1 } : {}),
  });
});

test('who reports nobody reports no number of people', () => {
  expect(measuresFor(null)).toEqual({ outcomesWithoutOutputs: 1 });
});

test('an output of 0 is an output', () => {
  const binsWiped = { quantity: 0, basis: 'counted' } as const;
  expect(measuresFor(null, { binsWiped })).toEqual({ 'outputs.binsWiped': 0 });
});
