import { describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../../events/envelope.ts';
import { type Entry, hoursOrigins } from '../../../events/participation.ts';
import { mayRead } from '../../../functions/access/reading.ts';
import {
  mayCorrect,
  mayEnter,
  mayLog,
  mayObject,
  mayVerify,
  mayVoid,
} from '../../../functions/participation/policy.ts';
import { actor } from '../../support/actors.ts';
import { rejectionOf } from '../../support/given.ts';
import { entry, idOf, place } from '../../support/samples.ts';

const hours = { ...entry, organisationId: place.organisationId };

const ours = hours.organisationId;
const theirs = idOf('a', 99);
const organisations = [ours, theirs, null] as const;
const byHand = ['back-entry', 'import', 'self-declared'] as const;
const measured = ['scan', 'leader-roll'] as const;
const here = { own: false, inArea: true };
const elsewhere = { own: false, inArea: false };
const mine = { own: true, inArea: true };

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
    expect(mayCorrect(who, hours, here)).toBe(runs);
    expect(mayVoid(who, hours, here)).toBe(runs);
    for (const origin of hoursOrigins)
      expect(mayLog(who, { ...hours, origin }, here)).toBe(
        origin === 'self-declared' ? undefined : runs,
      );
    const anywhere = role === 'district-admin' ? role : undefined;
    expect(mayCorrect(who, hours, elsewhere)).toBe(anywhere);
    expect(mayVoid(who, hours, elsewhere)).toBe(anywhere);
    expect(mayLog(who, { ...hours, origin: 'leader-roll' }, elsewhere)).toBe(anywhere);
  },
);

test.each(roles)('%s may enter at all, or not', (role) => {
  const may = ['district-admin', 'organiser', 'volunteer'].includes(role);
  expect(mayEnter(actor('someone', ours, role))).toBe(may ? role : undefined);
});

describe('one’s own time', () => {
  test('a volunteer declares, and enters in no other way', () => {
    const me = actor('me', null, 'volunteer');
    for (const origin of hoursOrigins)
      expect(mayLog(me, { ...hours, origin }, mine)).toBe(
        origin === 'self-declared' ? 'volunteer' : undefined,
      );
  });

  test.each(roles.filter((role) => role !== 'volunteer'))('%s does not declare', (role) => {
    const me = actor('me', ours, role);
    expect(mayLog(me, { ...hours, origin: 'self-declared' }, mine)).toBeUndefined();
  });

  test('nobody declares another’s time', () => {
    const me = actor('me', null, 'volunteer');
    expect(mayLog(me, { ...hours, origin: 'self-declared' }, here)).toBeUndefined();
  });
});

describe('verify', () => {
  /** What the rules say, case by case; `refused` is other-organisation-required. */
  const expected = (role: Role, at: string | null, origin: Entry['origin']) => {
    const scanned = origin === 'scan' || origin === 'leader-roll';
    if (role === 'verifier') return scanned || at === theirs ? 'verifier' : 'refused';
    return role === 'organiser' && scanned && at === ours ? 'organiser' : undefined;
  };

  test.each(everybody.flatMap(([role, at]) => hoursOrigins.map((o) => [role, at, o] as const)))(
    '%s of %s: %s',
    (role, at, origin) => {
      const decide = () => mayVerify(actor('someone', at, role), { ...hours, origin }, here);
      const verdict = expected(role, at, origin);
      if (verdict === 'refused')
        expect(rejectionOf(decide)).toEqual({ code: 'other-organisation-required' });
      else expect(decide()).toBe(verdict);
    },
  );

  test.each([...measured, ...byHand])('%s: nobody verifies what they entered', (origin) => {
    for (const [role, at] of everybody) {
      const entered = { ...hours, origin, enteredBy: ['somebody', 'me'] };
      expect(rejectionOf(() => mayVerify(actor('me', at, role), entered, here))).toEqual({
        code: 'own-entry',
      });
    }
  });

  test.each([...measured, ...byHand])('%s: nobody verifies their own time', (origin) => {
    for (const [role, at] of everybody) {
      const verify = () => mayVerify(actor('me', at, role), { ...hours, origin }, mine);
      expect(rejectionOf(verify)).toEqual({ code: 'own-entry' });
    }
  });

  test('a verifier who is an organiser there too acts as verifier', () => {
    const both = actor('someone', ours, 'organiser', 'verifier');
    expect(mayVerify(both, { ...hours, origin: 'scan' }, here)).toBe('verifier');
  });

  test('an organiser verifies where they work, a verifier anywhere', () => {
    const scanned = { ...hours, origin: 'scan' as const };
    expect(mayVerify(actor('someone', ours, 'organiser'), scanned, elsewhere)).toBeUndefined();
    expect(mayVerify(actor('someone', theirs, 'verifier'), scanned, elsewhere)).toBe('verifier');
  });
});

test.each(roles)('%s objects to entries about themselves, or not', (role) => {
  const who = actor('me', ours, role);
  expect(mayObject(who, { own: true })).toBe(role === 'volunteer' ? role : undefined);
  expect(mayObject(who, { own: false })).toBeUndefined();
});

test.each(roles)('%s reads entries: their own, near, sampled, any', (role) => {
  const who = actor('me', ours, role);
  const none = { own: false, near: false, sampled: false };
  const any = role === 'district-admin' || role === 'verifier';
  expect(mayRead(who, none)).toBe(any);
  expect(mayRead(who, { ...none, own: true })).toBe(true);
  expect(mayRead(who, { ...none, near: true })).toBe(any || role === 'organiser');
  expect(mayRead(who, { ...none, sampled: true })).toBe(any || role === 'auditor');
});
