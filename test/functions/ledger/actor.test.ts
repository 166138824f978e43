import { describe, expect, test } from '@jest/globals';
import { actorOf, roleAmong, volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { actor } from '../../support/actors.ts';

const settings = {
  name: 'test',
  claims: { role: 'roles', organisation: 'org', area: 'areas' },
  roles: { 区级管理员: 'district-admin', chief: 'root' },
} as const;

const rolesOf = (roles: unknown) => actorOf({ sub: 'a', roles }, settings)?.roles;

describe('roles', () => {
  test.each<[unknown, string[]]>([
    ['organiser', ['organiser']],
    ['[organiser verifier]', ['organiser', 'verifier']],
    ['organiser, verifier', ['organiser', 'verifier']],
    [
      ['organiser', 'verifier'],
      ['organiser', 'verifier'],
    ],
    ['[organiser root]', ['organiser']],
    ['[]', []],
    ['', []],
    [undefined, []],
    ['Organiser', []],
    ['organiserverifier', []],
    ['constructor', []],
    ['区级管理员', ['district-admin']],
    ['chief', []],
  ])('%j are %j', (claim, expected) => {
    expect(rolesOf(claim)).toEqual(expected);
  });

  test('come from the claim that the settings name', () => {
    expect(actorOf({ sub: 'a', role: 'organiser' }, settings)?.roles).toEqual([]);
  });
});

test.each([undefined, '', 7, null, 'x'.repeat(129)])('a subject %p names nobody', (sub) => {
  expect(actorOf({ sub, roles: 'organiser' }, settings)).toBeUndefined();
});

test('a subject of 128 characters is somebody', () => {
  expect(actorOf({ sub: 'x'.repeat(128) }, settings)?.id).toHaveLength(128);
});

test.each([
  [undefined, null],
  ['', null],
  [['o-1'], null],
  ['o-1', 'o-1'],
])('an organisation claim %j is %j', (org, organisationId) => {
  expect(actorOf({ sub: 'a', org }, settings)?.organisationId).toBe(organisationId);
});

test('a subject has one volunteer id in a district, and another in the next', () => {
  expect(actorOf({ sub: 'a' }, settings)?.volunteerId).toBe(volunteerIdOf('test', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('other', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('test', 'b'));
});

test('the first role of those allowed is the one acted in', () => {
  const both = actor('x', null, 'volunteer', 'organiser');
  expect(roleAmong(both, 'organiser', 'volunteer')).toBe('organiser');
  expect(roleAmong(both, 'volunteer', 'organiser')).toBe('volunteer');
  expect(roleAmong(both, 'auditor')).toBeUndefined();
});

test('areas come from their claim, one or many', () => {
  const areasOf = (areas: unknown) => actorOf({ sub: 'a', areas }, settings)?.areaIds;
  expect(areasOf('hongqi')).toEqual(['hongqi']);
  expect(areasOf('[hongqi xinhua]')).toEqual(['hongqi', 'xinhua']);
  expect(areasOf(undefined)).toEqual([]);
});
