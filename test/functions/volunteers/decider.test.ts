import { expect, test } from '@jest/globals';
import { evolve, register } from '../../../functions/volunteers/decider.ts';
import { activity, eventOf, volunteer } from '../../support/samples.ts';

test('a volunteer is registered', () => {
  expect(register(volunteer)).toEqual({ type: 'VolunteerRegistered', data: { volunteer } });
});

test('evolve takes the state, and no event of anything else', () => {
  expect(evolve(null, eventOf(register(volunteer), { id: 'x' }))).toEqual(volunteer);
  const foreign = eventOf({ type: 'ActivityPublished', data: { activity } }, { id: 'x' });
  expect(() => evolve(null, foreign)).toThrow('is not an event of a volunteer');
});
