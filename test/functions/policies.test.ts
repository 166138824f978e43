import { expect, test } from '@jest/globals';
import { roles } from '../../events/envelope.ts';
import { mayRun } from '../../functions/campaigns/policy.ts';
import { mayExplain } from '../../functions/dashboards/policy.ts';
import { mayDefine } from '../../functions/organisations/policy.ts';
import { mayRead, mayRegister } from '../../functions/volunteers/policy.ts';
import { actor } from '../support/actors.ts';

const inArea = { own: false, inArea: true };
const elsewhere = { own: false, inArea: false };
const staff = ['district-admin', 'organiser', 'verifier', 'auditor'];

test.each(roles)('%s: what they may beside activities and hours', (role) => {
  const who = actor('me', null, role);
  const admin = role === 'district-admin' ? role : undefined;
  expect(mayRun(who)).toBe(admin);
  expect(mayDefine(who)).toBe(admin);
  const registers = ['district-admin', 'volunteer'].includes(role);
  expect(mayRegister(who, elsewhere)).toBe(registers ? role : undefined);
  const here = registers || role === 'organiser';
  expect(mayRegister(who, inArea)).toBe(here ? role : undefined);
  const explains = ['district-admin', 'verifier'].includes(role) ? 'as-they-are' : undefined;
  const pseudonymous = ['auditor', 'organiser'].includes(role) ? 'pseudonymous' : undefined;
  expect(mayExplain(who, elsewhere)).toBe(explains ?? pseudonymous);
  expect(mayExplain(who, inArea)).toBe(
    role === 'organiser' ? 'as-they-are' : (explains ?? pseudonymous),
  );
  expect(mayRead(who, { ...inArea, sampled: true })).toBe(staff.includes(role));
  expect(mayRead(who, { ...inArea, sampled: false })).toBe(
    staff.includes(role) && role !== 'auditor',
  );
  expect(mayRead(who, { ...elsewhere, sampled: false })).toBe(role === 'district-admin');
  expect(mayRead(who, { ...elsewhere, own: true, sampled: false })).toBe(true);
});

test('nobody without a role does anything but read of themselves', () => {
  const who = actor('me', 'an-organisation');
  expect([mayRun(who), mayDefine(who), mayRegister(who, inArea)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(mayExplain(who, inArea)).toBeUndefined();
  expect(mayRead(who, { ...inArea, sampled: true })).toBe(false);
});

test('staff who are volunteers too register others in their role as staff', () => {
  expect(mayRegister(actor('me', null, 'volunteer', 'organiser'), inArea)).toBe('organiser');
});
