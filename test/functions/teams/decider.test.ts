import { expect, test } from '@jest/globals';
import { bringOver } from '../../../functions/teams/decider.ts';

const membership = { teamId: 't', volunteerId: 'a', joinedOn: null, leftOn: null };
const as = (status: 'invited' | 'joined' | 'declined' | 'left' | 'removed' | null) =>
  status && { ...membership, status };
test.each([
  ['joined', null, 'joined'],
  ['joined', 'invited', 'joined'],
  ['joined', 'left', 'joined'],
  ['joined', 'declined', 'joined'],
  ['joined', 'joined', undefined],
  ['joined', 'removed', undefined],
  ['invited', null, 'invited'],
  ['invited', 'declined', undefined],
  ['invited', 'left', undefined],
] as const)('%s, where the other is %s: the other becomes %s', (from, to, becomes) => {
  const fact = bringOver({ ...membership, status: from }, as(to), 'b');
  expect(fact?.data.membership).toEqual(
    becomes && { ...membership, volunteerId: 'b', status: becomes },
  );
});
