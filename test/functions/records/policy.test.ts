import { expect, test } from '@jest/globals';
import { roles } from '../../../events/envelope.ts';
import { mayRecord } from '../../../functions/records/policy.ts';
import { actor } from '../../support/actors.ts';
import { idOf } from '../../support/samples.ts';

const ours = idOf('a', 1);
const cases = roles.flatMap((role) => [ours, idOf('a', 2), null].map((at) => [role, at] as const));

test.each(cases)('%s of %s records for their own organisation or the district', (role, at) => {
  const may = role === 'district-admin' || (role === 'organiser' && at === ours);
  const who = actor('someone', at, role);
  expect(mayRecord(who, { organisationId: ours }, false)).toBe(may ? role : undefined);
});

test.each(cases)('%s of %s records nothing on their own record', (role, at) => {
  expect(mayRecord(actor('someone', at, role), { organisationId: ours }, true)).toBeUndefined();
});
