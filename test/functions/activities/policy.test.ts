import { describe, expect, test } from '@jest/globals';
import { roles } from '../../../events/envelope.ts';
import { mayRun, mayVerify } from '../../../functions/activities/policy.ts';
import { actor } from '../../support/actors.ts';
import { rejectionOf } from '../../support/given.ts';
import { activity, idOf } from '../../support/samples.ts';

const ours = activity.organisationId;
const theirs = idOf('a', 99);
const completed = {
  ...activity,
  status: 'completed' as const,
  enteredBy: ['organiser-1', 'organiser-2'],
};

test.each(roles)('%s runs an organisation’s activities, or not', (role) => {
  const admin = role === 'district-admin' ? role : undefined;
  const here = { inArea: true };
  expect(mayRun(actor('x', ours, role), ours, here)).toBe(role === 'organiser' ? role : admin);
  expect(mayRun(actor('x', ours, role), ours, { inArea: false })).toBe(admin);
  expect(mayRun(actor('x', theirs, role), ours, here)).toBe(admin);
  expect(mayRun(actor('x', null, role), ours, here)).toBe(admin);
});

describe('verify', () => {
  test.each(roles)('%s of another organisation, or not', (role) => {
    const verifier = role === 'verifier' ? role : undefined;
    expect(mayVerify(actor('x', theirs, role), completed)).toBe(verifier);
    expect(mayVerify(actor('x', ours, role), completed)).toBeUndefined();
  });

  test('a verifier whose token names no organisation is not known to be of another', () => {
    expect(mayVerify(actor('x', null, 'verifier'), completed)).toBeUndefined();
  });

  test('nobody what they reported', () => {
    for (const role of roles)
      expect(rejectionOf(() => mayVerify(actor('organiser-1', theirs, role), completed))).toEqual({
        code: 'own-entry',
      });
    expect(
      rejectionOf(() => mayVerify(actor('organiser-2', theirs, 'verifier'), completed)),
    ).toEqual({
      code: 'own-entry',
    });
  });
});
