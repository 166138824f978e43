import { expect, test } from '@jest/globals';
import { roleAmong, volunteerIdOf } from '../../../functions/ledger/actor.ts';
import { actor } from '../../support/actors.ts';

test('a subject has one volunteer id in a district, and another in the next', () => {
  expect(volunteerIdOf('test', 'a')).toBe(volunteerIdOf('test', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('other', 'a'));
  expect(volunteerIdOf('test', 'a')).not.toBe(volunteerIdOf('test', 'b'));
});

test('the first role of those allowed is the one acted in', () => {
  const both = actor('x', null, 'volunteer', 'organiser');
  expect(roleAmong(both, 'organiser', 'volunteer')).toBe('organiser');
  expect(roleAmong(both, 'volunteer', 'organiser')).toBe('volunteer');
  expect(roleAmong(both, 'auditor')).toBeUndefined();
});
