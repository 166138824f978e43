import { describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../../events/envelope.ts';
import {
  mayApply,
  mayDecide,
  mayList,
  mayReadAsStaff,
  mayWithdraw,
} from '../../../functions/recognition/policy.ts';
import { actor } from '../../support/actors.ts';

const unit = { issuerId: 'unit' };
const of = (role: Role, organisation: string) => actor('somebody', organisation, role);
/** The roles for which something is so. */
const those = (is: (role: Role) => unknown): readonly Role[] => roles.filter((role) => is(role));

describe('in the recording unit', () => {
  test('organisers apply, and organisers and the district decide and read', () => {
    expect(those((role) => mayApply(of(role, 'unit'), unit, { own: false }))).toEqual([
      'organiser',
    ]);
    expect(those((role) => mayDecide(of(role, 'unit'), unit, { mayBeOwn: false }))).toEqual([
      ...['district-admin', 'organiser'],
    ]);
    expect(those((role) => mayReadAsStaff(of(role, 'unit'), unit))).toEqual([
      ...['district-admin', 'organiser'],
    ]);
  });
});

describe('elsewhere', () => {
  test('only the district decides and reads, and nobody applies for others', () => {
    expect(those((role) => mayApply(of(role, 'other'), unit, { own: false }))).toEqual([]);
    expect(those((role) => mayDecide(of(role, 'other'), unit, { mayBeOwn: false }))).toEqual([
      'district-admin',
    ]);
    expect(those((role) => mayReadAsStaff(of(role, 'other'), unit))).toEqual(['district-admin']);
  });
});

describe('for oneself', () => {
  test('nobody decides, also while a merge waits', () => {
    expect(those((role) => mayDecide(of(role, 'unit'), unit, { mayBeOwn: true }))).toEqual([]);
  });

  test('volunteers apply and withdraw, and everybody lists', () => {
    expect(those((role) => mayApply(of(role, 'other'), unit, { own: true }))).toEqual([
      'volunteer',
    ]);
    expect(those((role) => mayWithdraw(of(role, 'other'), { own: true }))).toEqual(['volunteer']);
    expect(those((role) => mayWithdraw(of(role, 'unit'), { own: false }))).toEqual([]);
    expect(those((role) => mayList(of(role, 'other'), { own: true }))).toEqual([...roles]);
    expect(those((role) => mayList(of(role, 'unit'), { own: false }))).toEqual(['district-admin']);
  });
});
