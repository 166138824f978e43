import { describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../../events/envelope.ts';
import {
  mayDecide,
  mayList,
  mayNominate,
  mayObject,
  mayRead,
} from '../../../functions/stars/policy.ts';
import { actor } from '../../support/actors.ts';

const of = (role: Role) => actor('somebody', 'unit', role);
/** The roles for which something is so. */
const those = (is: (role: Role) => unknown): readonly Role[] => roles.filter((role) => is(role));
const others = { own: false, mayBeOwn: false };
const own = { own: true, mayBeOwn: true };
const waiting = { own: false, mayBeOwn: true };

describe('who nominates', () => {
  const nominating = (standing: typeof others, access: Parameters<typeof mayNominate>[2]) =>
    those((role) => mayNominate(of(role), standing, access));
  test('is the district, and organisers where they work', () => {
    expect(nominating(others, { inArea: true, self: true })).toEqual([
      ...['district-admin', 'organiser'],
    ]);
    expect(nominating(others, { inArea: false, self: true })).toEqual(['district-admin']);
  });
  test('is oneself only where stars are found by the hours', () => {
    expect(nominating(own, { inArea: true, self: true })).toEqual(['volunteer']);
    expect(nominating(own, { inArea: true, self: false })).toEqual([]);
    expect(nominating(waiting, { inArea: true, self: true })).toEqual([]);
  });
});

test('the district decides, and nobody for themselves', () => {
  expect(those((role) => mayDecide(of(role), others))).toEqual(['district-admin']);
  expect(those((role) => mayDecide(of(role), waiting))).toEqual([]);
});

test('staff object, and auditors only read', () => {
  expect(those((role) => mayObject(of(role)))).toEqual(['district-admin', 'organiser', 'verifier']);
});

test('stars are read by the person and the district, and listed where staff work', () => {
  expect(those((role) => mayRead(of(role), own))).toEqual([...roles]);
  expect(those((role) => mayRead(of(role), others))).toEqual(['district-admin']);
  expect(those((role) => mayList(of(role), { inArea: true }))).toEqual([
    ...['district-admin', 'organiser', 'verifier'],
  ]);
  expect(those((role) => mayList(of(role), { inArea: false }))).toEqual(['district-admin']);
});
