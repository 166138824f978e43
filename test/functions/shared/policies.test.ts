import { expect, test } from '@jest/globals';
import { roles } from '../../../events/envelope.ts';
import { mayRun } from '../../../functions/campaigns/policy.ts';
import { mayExplain } from '../../../functions/dashboards/policy.ts';
import { mayDefine } from '../../../functions/organisations/policy.ts';
import { mayRead, mayRegister } from '../../../functions/volunteers/policy.ts';
import { actor } from '../../support/actors.ts';
import { idOf } from '../../support/samples.ts';

const staff = ['district-admin', 'organiser', 'verifier', 'auditor'];

test.each(roles)('%s: what they may beside activities and hours', (role) => {
  const who = actor('me', null, role);
  const admin = role === 'district-admin' ? role : undefined;
  expect(mayRun(who)).toBe(admin);
  expect(mayDefine(who)).toBe(admin);
  const registers = ['organiser', 'district-admin', 'volunteer'].includes(role);
  expect(mayRegister(who)).toBe(registers ? role : undefined);
  expect(mayExplain(who)).toBe(staff.includes(role));
  expect(mayRead(who, idOf('c', 1))).toBe(staff.includes(role));
  expect(mayRead(who, who.volunteerId)).toBe(true);
});

test('nobody without a role does anything but read of themselves', () => {
  const who = actor('me', idOf('a', 1));
  expect([mayRun(who), mayDefine(who), mayRegister(who)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([mayExplain(who), mayRead(who, idOf('c', 1))]).toEqual([false, false]);
});

test('staff who are volunteers too register others in their role as staff', () => {
  expect(mayRegister(actor('me', null, 'volunteer', 'organiser'))).toBe('organiser');
});
