import { describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../../events/envelope.ts';
import { type Hours, hoursOrigins } from '../../../events/participation.ts';
import {
  mayCorrect,
  mayEnter,
  mayLog,
  mayRead,
  mayVerify,
  mayVoid,
} from '../../../functions/participation/policy.ts';
import { volunteerIdOf } from '../../../functions/shared/actor.ts';
import { actor } from '../../support/actors.ts';
import { rejectionOf } from '../../support/given.ts';
import { hours, idOf } from '../../support/samples.ts';

const ours = hours.organisationId;
const theirs = idOf('a', 99);
const organisations = [ours, theirs, null] as const;
const byHand = ['back-entry', 'import', 'self-declared'] as const;
const measured = ['scan', 'leader-roll'] as const;

/** Every role at every organisation. */
const everybody: [Role, string | null][] = roles.flatMap((role) =>
  organisations.map((organisation): [Role, string | null] => [role, organisation]),
);

test.each(everybody)(
  '%s of %s enters, corrects and voids only what they answer for',
  (role, at) => {
    const who = actor('someone', at, role);
    const runs =
      role === 'district-admin' || (role === 'organiser' && at === ours) ? role : undefined;
    expect(mayCorrect(who, hours)).toBe(runs);
    expect(mayVoid(who, hours)).toBe(runs);
    for (const origin of hoursOrigins)
      expect(mayLog(who, { ...hours, origin })).toBe(origin === 'self-declared' ? undefined : runs);
  },
);

test.each(roles)('%s may enter at all, or not', (role) => {
  const may = ['district-admin', 'organiser', 'volunteer'].includes(role);
  expect(mayEnter(actor('someone', ours, role))).toBe(may ? role : undefined);
});

describe('one’s own time', () => {
  const own = { ...hours, volunteerId: volunteerIdOf('test', 'me') };

  test('a volunteer declares, and enters in no other way', () => {
    const me = actor('me', null, 'volunteer');
    for (const origin of hoursOrigins)
      expect(mayLog(me, { ...own, origin })).toBe(
        origin === 'self-declared' ? 'volunteer' : undefined,
      );
  });

  test.each(roles.filter((role) => role !== 'volunteer'))('%s does not declare', (role) => {
    const me = actor('me', ours, role);
    expect(mayLog(me, { ...own, origin: 'self-declared' })).toBeUndefined();
  });

  test('nobody declares another’s time', () => {
    const me = actor('me', null, 'volunteer');
    expect(mayLog(me, { ...hours, origin: 'self-declared' })).toBeUndefined();
  });
});

describe('verify', () => {
  /** What the rules say, case by case; `refused` is other-organisation-required. */
  const expected = (role: Role, at: string | null, origin: Hours['origin']) => {
    const scanned = origin === 'scan' || origin === 'leader-roll';
    if (role === 'verifier') return scanned || at === theirs ? 'verifier' : 'refused';
    return role === 'organiser' && scanned && at === ours ? 'organiser' : undefined;
  };

  test.each(everybody.flatMap(([role, at]) => hoursOrigins.map((o) => [role, at, o] as const)))(
    '%s of %s: %s',
    (role, at, origin) => {
      const decide = () => mayVerify(actor('someone', at, role), { ...hours, origin });
      const verdict = expected(role, at, origin);
      if (verdict === 'refused')
        expect(rejectionOf(decide)).toEqual({ code: 'other-organisation-required' });
      else expect(decide()).toBe(verdict);
    },
  );

  test.each([...measured, ...byHand])('%s: nobody verifies what they entered', (origin) => {
    for (const [role, at] of everybody) {
      const entered = { ...hours, origin, enteredBy: ['somebody', 'me'] };
      expect(rejectionOf(() => mayVerify(actor('me', at, role), entered))).toEqual({
        code: 'own-entry',
      });
    }
  });

  test.each([...measured, ...byHand])('%s: nobody verifies their own time', (origin) => {
    for (const [role, at] of everybody) {
      const own = { ...hours, origin, volunteerId: volunteerIdOf('test', 'me') };
      expect(rejectionOf(() => mayVerify(actor('me', at, role), own))).toEqual({
        code: 'own-entry',
      });
    }
  });

  test('a verifier who is an organiser there too acts as verifier', () => {
    const both = actor('someone', ours, 'organiser', 'verifier');
    expect(mayVerify(both, { ...hours, origin: 'scan' })).toBe('verifier');
  });
});

test('staff read every entry, a volunteer their own, others none', () => {
  const staff = ['district-admin', 'organiser', 'verifier', 'auditor'];
  for (const role of roles) {
    const who = actor('me', null, role);
    expect(mayRead(who, hours.volunteerId)).toBe(staff.includes(role));
    expect(mayRead(who, undefined)).toBe(staff.includes(role));
    expect(mayRead(who, who.volunteerId)).toBe(true);
  }
});
