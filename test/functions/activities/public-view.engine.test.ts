import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import type { Outcome } from '../../../events/activities.ts';
import { asPublicSees } from '../../../functions/activities/public-view.ts';

test('the public sees what came of an activity, but not what professionals did for people', () => {
  const outcome = {
    beneficiaries: { count: 3, basis: 'counted' },
    outputs: {
      bloodPressureChecks: { quantity: 3, basis: 'counted' },
      legalConsultations: { quantity: 80, basis: 'estimated' },
      healthHandbooks: { quantity: 3, basis: 'counted' },
    },
  } as unknown as Outcome;
  expect(asPublicSees({ outcome })).toEqual({
    outcome: {
      beneficiaries: { count: 3, basis: 'counted' },
      outputs: { healthHandbooks: { quantity: 3, basis: 'counted' } },
    },
  });
  expect(asPublicSees({ outcome: null })).toEqual({ outcome: null });
});
