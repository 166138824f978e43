import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Membership, Team } from '../../../events/teams.ts';
import type { Volunteer } from '../../../events/volunteers.ts';
import {
  bringOver,
  dissolve,
  form,
  join,
  leave,
  revise,
} from '../../../functions/teams/decider.ts';
import { rejectionOf } from '../../support/given.ts';

const { team } = catalogue.TeamFormed.example;
const dissolved: Team = { ...team, status: 'dissolved', dissolvedOn: '2025-12-01' };
const membership = { teamId: 't', volunteerId: 'a', joinedOn: null, leftOn: null };
type Status = Membership['status'] | null;
const as = (status: Status): Membership | null => status && { ...membership, status };
const today = '2025-10-18';

describe('a team is formed', () => {
  const { status: _, dissolvedOn: __, ...plan } = team;

  test.each(['2025-01-01', today])('on %s, which is no day to come', (formedOn) => {
    expect(form({ ...plan, formedOn }, today)).toEqual({
      type: 'TeamFormed',
      data: { team: { ...plan, formedOn, status: 'active', dissolvedOn: null } },
    });
  });

  test('and not tomorrow', () => {
    const tomorrow = { ...plan, formedOn: '2025-10-19' };
    expect(rejectionOf(() => form(tomorrow, today))).toEqual({
      code: 'invalid-value',
      pointer: '#/formedOn',
    });
  });
});

describe('a team', () => {
  test('is revised in what is said, and in nothing else', () => {
    const changes = { name: '新队', joining: 'by-invitation' } as const;
    expect(revise(team, changes)).toEqual({
      type: 'TeamRevised',
      data: { team: { ...team, ...changes } },
    });
    expect(revise(team, { name: team.name, joining: 'by-invitation' })).not.toBeNull();
  });

  test.each([{}, { name: team.name }, { name: team.name, leaderId: team.leaderId }])(
    'is as it was with %j',
    (changes) => {
      expect(revise(team, changes)).toBeNull();
    },
  );

  test('is dissolved today, with the reason', () => {
    expect(dissolve(team, '调整', today)).toEqual({
      type: 'TeamDissolved',
      data: { team: { ...team, status: 'dissolved', dissolvedOn: today }, reason: '调整' },
    });
  });

  test.each<[string, () => unknown]>([
    ['revise', () => revise(dissolved, { name: '新队' })],
    ['dissolve', () => dissolve(dissolved, '调整', today)],
    ['join', () => join(null, { ...asked, team: dissolved })],
  ])('that is dissolved refuses to %s', (action, decide) => {
    expect(rejectionOf(decide)).toEqual({ code: 'illegal-transition' });
    expect(decide).toThrow(expect.objectContaining({ params: { status: 'dissolved', action } }));
  });
});

const active: Pick<Volunteer, 'status'> = { status: 'active' };
const asked = {
  ...{ team, teamId: 't', volunteerId: 'a', volunteer: active, today },
  ...{ own: true, leads: false, isStaff: false },
};

describe('joining', () => {
  const outcome = (state: Status, given: object): string => {
    try {
      return join(as(state), { ...asked, ...given })?.type ?? 'nothing';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const open = { team };
  const closed = { team: { ...team, joining: 'by-invitation' } };
  const bySelf = { own: true, leads: false };
  const byOthers = { own: false, leads: true };
  const byStaff = { own: false, leads: true, isStaff: true };
  const byOneWhoIsBoth = { own: true, leads: true };

  test.each<[string, Status, object, string]>([
    ['one’s own wish, at an open team', null, { ...bySelf, ...open }, 'TeamMemberJoined'],
    ['the same after leaving', 'left', { ...bySelf, ...open }, 'TeamMemberJoined'],
    ['the same after declining', 'declined', { ...bySelf, ...open }, 'TeamMemberJoined'],
    ['the same when invited', 'invited', { ...bySelf, ...open }, 'TeamMemberJoined'],
    ['the same after a removal', 'removed', { ...bySelf, ...open }, 'invitation-required'],
    ['the same of a member', 'joined', { ...bySelf, ...open }, 'nothing'],
    ['one’s own wish, elsewhere', null, { ...bySelf, ...closed }, 'invitation-required'],
    ['the same after leaving', 'left', { ...bySelf, ...closed }, 'invitation-required'],
    ['the same after a removal', 'removed', { ...bySelf, ...closed }, 'invitation-required'],
    ['the same when invited', 'invited', { ...bySelf, ...closed }, 'TeamMemberJoined'],
    ['a leader’s own wish', null, { ...byOneWhoIsBoth, ...closed }, 'TeamMemberJoined'],
    ['a leader’s own wish', 'removed', { ...byOneWhoIsBoth, ...open }, 'TeamMemberJoined'],
    ['others’ wish', null, { ...byOthers, ...open }, 'TeamMemberInvited'],
    ['others’ wish, after a removal', 'removed', { ...byOthers, ...closed }, 'TeamMemberInvited'],
    ['others’ wish, once more', 'invited', { ...byOthers, ...open }, 'nothing'],
    ['others’ wish, of a member', 'joined', { ...byOthers, ...open }, 'nothing'],
  ])('%s (now %s)', (_, state, given, expected) => {
    expect(outcome(state, given)).toBe(expected);
  });

  test.each(['pending', 'deactivated', 'merged', 'erased'])(
    'a volunteer who is %s cannot, and only staff and the person are told why',
    (status) => {
      const volunteer = { status };
      for (const state of [null, 'joined'] as const) {
        for (const given of [bySelf, byStaff, byOneWhoIsBoth])
          expect(outcome(state, { ...given, volunteer })).toBe('volunteer-not-active');
        expect(outcome(state, { ...byOthers, volunteer })).toBe('cannot-be-invited');
      }
    },
  );

  test('nobody is only for staff to know', () => {
    expect(outcome(null, { ...byStaff, volunteer: undefined })).toBe('unknown-reference');
    expect(outcome(null, { ...byOthers, volunteer: undefined })).toBe('cannot-be-invited');
    expect(outcome(null, { ...byOthers, volunteer: undefined, team: dissolved })).toBe(
      'illegal-transition',
    );
  });

  test('begins today, and an invitation on no day', () => {
    const of = (given: object) => join(as('left'), { ...asked, ...given })?.data.membership;
    expect(of(bySelf)).toEqual({ ...membership, status: 'joined', joinedOn: today });
    expect(of(byOthers)).toEqual({ ...membership, status: 'invited' });
  });
});

describe('leaving', () => {
  const bySelf = { own: true, reason: null, today };
  const byOthers = { own: false, reason: '长期未参加', today };

  test.each([
    ['leaves', bySelf, 'left'],
    ['says why', { ...bySelf, reason: '搬家' }, 'left'],
    ['is removed', byOthers, 'removed'],
  ] as const)('a member %s', (_, given, status) => {
    const joined = { ...membership, status: 'joined', joinedOn: '2025-09-06' } as const;
    expect(leave(joined, given)).toEqual({
      type: 'TeamMemberLeft',
      data: { membership: { ...joined, status, leftOn: today }, reason: given.reason },
    });
  });

  test('nobody is removed without a reason', () => {
    const joined = { ...membership, status: 'joined' } as const;
    expect(rejectionOf(() => leave(joined, { ...byOthers, reason: null }))).toEqual({
      code: 'invalid-value',
      pointer: '#/reason',
    });
  });

  test.each([bySelf, { ...byOthers, reason: null }])('an invitation is declined by %j', (given) => {
    expect(leave({ ...membership, status: 'invited' }, given)).toEqual({
      type: 'TeamInvitationDeclined',
      data: { membership: { ...membership, status: 'declined' } },
    });
  });

  test.each(['declined', 'left', 'removed'] as const)(
    'who is not in it (%s) stays so',
    (status) => {
      for (const given of [bySelf, byOthers])
        expect(leave({ ...membership, status }, given)).toBeNull();
    },
  );
});

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
  ['declined', null, undefined],
  ['left', null, undefined],
] as const)('%s, where the other is %s: the other becomes %s', (from, to, becomes) => {
  const fact = bringOver({ ...membership, status: from }, as(to), 'b');
  expect(fact?.data.membership).toEqual(
    becomes && { ...membership, volunteerId: 'b', status: becomes },
  );
});

test('what ended, ended no earlier than it began, though the clocks differ', () => {
  const joined: Membership = { ...membership, status: 'joined', joinedOn: today };
  const left = leave(joined, { own: true, reason: null, today: '2025-09-30' });
  expect(left?.data).toMatchObject({ membership: { leftOn: today } });
  const { data } = dissolve({ ...team, formedOn: today }, '合并', '2025-09-30');
  expect(data.team.dissolvedOn).toBe(today);
});
