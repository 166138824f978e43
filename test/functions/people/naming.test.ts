import { expect, test } from '@jest/globals';
import type { Volunteer } from '../../../events/volunteers.ts';
import { agreesToBeNamed } from '../../../functions/people/naming.ts';

const consent = (
  by: 'self' | 'guardian',
  withdrawnOn: string | null = null,
  purpose: Volunteer['consents'][number]['purpose'] = 'publicity',
) => ({ purpose, version: '1', by, givenOn: '2025-01-01', withdrawnOn });
type Case = readonly [Volunteer['status'], Volunteer['ageGroup'], Volunteer['consents'], boolean];

test.each<Case>([
  ['active', 'adult', [consent('self')], true],
  ['active', 'unknown', [consent('self')], true],
  ['deactivated', 'adult', [consent('self')], true],
  ['active', 'adult', [], false],
  ['active', 'adult', [consent('self', null, 'service-record')], false],
  ['active', 'adult', [consent('self', '2025-02-01')], false],
  ['active', 'adult', [consent('self', '2025-02-01'), consent('self')], true],
  // A minor's own consent does not do, nor the guardian's consent to something else.
  ['active', 'under-18', [consent('self')], false],
  ['active', 'under-14', [consent('self'), consent('guardian', null, 'guardian')], false],
  ['active', 'under-18', [consent('guardian')], true],
  ['active', 'under-14', [consent('guardian')], true],
  ['pending', 'adult', [consent('self')], false],
  ['erased', 'unknown', [consent('self')], false],
])('%s, %s, %j: %s', (status, ageGroup, consents, named) => {
  expect(agreesToBeNamed({ status, ageGroup, consents })).toBe(named);
});
