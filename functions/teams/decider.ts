import type { Fact } from '../../events/catalogue.ts';
import type { Membership, Team } from '../../events/teams.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { checkActive, isActive } from '../people/active.ts';
import { Rejection } from '../refusals/decision.ts';
import { endOf } from '../runtime/calendar.ts';

const checkOpen = ({ status }: Pick<Team, 'status'>, action: string): void => {
  if (status !== 'active') throw new Rejection('illegal-transition', { status, action });
};

/**
 * @param today the local date of the command
 * @throws Rejection `invalid-value` for a day in the future
 */
export const form = (
  plan: Omit<Team, 'status' | 'dissolvedOn'>,
  today: string,
): Fact<'TeamFormed'> => {
  if (plan.formedOn > today)
    throw new Rejection(
      'invalid-value',
      { zh: '组建日期不得晚于今天。', en: 'A team is not formed on a day to come.' },
      '#/formedOn',
    );
  return {
    type: 'TeamFormed',
    data: { team: { ...plan, status: 'active', dissolvedOn: null } },
  };
};

export type TeamChanges = Partial<
  Pick<Team, 'name' | 'specialty' | 'areaId' | 'leaderId' | 'joining'>
>;

/** Null when nothing changes. @throws Rejection `illegal-transition` when it is dissolved */
export const revise = (state: Team, changes: TeamChanges): Fact<'TeamRevised'> | null => {
  checkOpen(state, 'revise');
  const team = { ...state, ...changes };
  const same = (Object.keys(changes) as (keyof TeamChanges)[]).every(
    (field) => team[field] === state[field],
  );
  return same ? null : { type: 'TeamRevised', data: { team } };
};

/** @throws Rejection `illegal-transition` when it is dissolved already */
export const dissolve = (team: Team, reason: string, today: string): Fact<'TeamDissolved'> => {
  checkOpen(team, 'dissolve');
  return {
    type: 'TeamDissolved',
    data: {
      team: { ...team, status: 'dissolved', dissolvedOn: endOf(team.formedOn, today) },
      reason,
    },
  };
};

/** The actor's relation to a membership: the member, somebody who leads the team, or both. */
export interface Standing {
  readonly own: boolean;
  readonly leads: boolean;
}

interface Joining extends Standing {
  readonly team: Team;
  readonly teamId: string;
  readonly volunteerId: string;
  /** Undefined when there is no such volunteer. */
  readonly volunteer: Pick<Volunteer, 'status'> | undefined;
  /** Staff who enter something for a person are told why the person cannot take it. */
  readonly isStaff: boolean;
  /** The local date of the command. */
  readonly today: string;
}

/**
 * Joins, or invites. Others can only invite a volunteer. A volunteer may join by themselves when
 * the team is open, when they were invited, or when they lead it. A removed member must be invited.
 * Null when nothing changes.
 * @throws Rejection `illegal-transition` when the team is dissolved, `unknown-reference` and
 * `volunteer-not-active` to staff and the person, `cannot-be-invited` to others, `invitation-required`
 */
export const join = (
  state: Membership | null,
  { team, teamId, volunteerId, volunteer, own, leads, isStaff, today }: Joining,
): Fact<'TeamMemberInvited' | 'TeamMemberJoined'> | null => {
  checkOpen(team, 'join');
  const pointer = '#/volunteerId';
  if (!own && !isStaff && !(volunteer && isActive(volunteer)))
    throw new Rejection('cannot-be-invited', {}, pointer);
  if (!volunteer)
    throw new Rejection('unknown-reference', { what: 'volunteer', id: volunteerId }, pointer);
  checkActive(volunteer);
  if (state?.status === 'joined') return null;
  if (!own) {
    if (state?.status === 'invited') return null;
    return {
      type: 'TeamMemberInvited',
      data: {
        membership: { teamId, volunteerId, status: 'invited', joinedOn: null, leftOn: null },
      },
    };
  }
  const welcome = team.joining === 'open' && state?.status !== 'removed';
  if (!welcome && !leads && state?.status !== 'invited') throw new Rejection('invitation-required');
  return {
    type: 'TeamMemberJoined',
    data: { membership: { teamId, volunteerId, status: 'joined', joinedOn: today, leftOn: null } },
  };
};

/**
 * A member leaves or is removed for a reason; an invitation is declined or withdrawn. Null when
 * there is neither.
 * @throws Rejection `invalid-value` when others give no reason
 */
export const leave = (
  membership: Membership,
  { own, reason, today }: { own: boolean; reason: string | null; today: string },
): Fact<'TeamInvitationDeclined' | 'TeamMemberLeft'> | null => {
  if (membership.status === 'invited')
    return {
      type: 'TeamInvitationDeclined',
      data: { membership: { ...membership, status: 'declined' } },
    };
  if (membership.status !== 'joined') return null;
  if (!own && reason === null)
    throw new Rejection(
      'invalid-value',
      { zh: '移出队员须注明原因。', en: 'Removing a member takes a reason.' },
      '#/reason',
    );
  return {
    type: 'TeamMemberLeft',
    data: {
      membership: {
        ...membership,
        status: own ? 'left' : 'removed',
        leftOn: endOf(membership.joinedOn, today),
      },
      reason,
    },
  };
};

/**
 * The membership under the record that the member's record was merged into. It is joined unless
 * that record has joined or was removed. It is invited only if that record has no membership. Null
 * when nothing is brought over.
 */
export const bringOver = (
  from: Membership,
  to: Membership | null,
  volunteerId: string,
): Fact<'TeamMemberInvited' | 'TeamMemberJoined'> | null => {
  const membership = { ...from, volunteerId };
  if (from.status === 'joined' && to?.status !== 'joined' && to?.status !== 'removed')
    return { type: 'TeamMemberJoined', data: { membership } };
  if (from.status === 'invited' && to === null)
    return { type: 'TeamMemberInvited', data: { membership } };
  return null;
};
