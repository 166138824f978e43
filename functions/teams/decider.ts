import type { Fact } from '../../events/catalogue.ts';
import type { Membership, Team } from '../../events/teams.ts';
import { Rejection } from '../refusals/decision.ts';

const checkActive = ({ status }: Pick<Team, 'status'>, action: string): void => {
  if (status !== 'active') throw new Rejection('illegal-transition', { status, action });
};

/**
 * @param today the local date of the command
 * @throws Rejection `invalid-value` for a day that is yet to come
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
  checkActive(state, 'revise');
  const team = { ...state, ...changes };
  const same = (Object.keys(changes) as (keyof TeamChanges)[]).every(
    (field) => team[field] === state[field],
  );
  return same ? null : { type: 'TeamRevised', data: { team } };
};

/** @throws Rejection `illegal-transition` when it is dissolved already */
export const dissolve = (team: Team, reason: string, today: string): Fact<'TeamDissolved'> => {
  checkActive(team, 'dissolve');
  return {
    type: 'TeamDissolved',
    data: { team: { ...team, status: 'dissolved', dissolvedOn: today }, reason },
  };
};

/** Who wants a membership changed: the member, somebody who leads the team, or one who is both. */
export interface Standing {
  readonly own: boolean;
  readonly leads: boolean;
}

interface Joining extends Standing {
  readonly team: Team;
  readonly teamId: string;
  readonly volunteerId: string;
  readonly volunteerStatus: string;
  /** The local date of the command. */
  readonly today: string;
}

/**
 * Nobody is in a team without their own yes: others can only ask. The member's own wish is enough
 * where the team is open, where they were asked, or where they lead it; who was removed has to be
 * asked. Null when that is so already.
 * @throws Rejection `illegal-transition` when the team is dissolved, `volunteer-not-active`,
 * `invitation-required`
 */
export const join = (
  state: Membership | null,
  { team, teamId, volunteerId, volunteerStatus, own, leads, today }: Joining,
): Fact<'TeamMemberInvited' | 'TeamMemberJoined'> | null => {
  checkActive(team, 'join');
  if (volunteerStatus !== 'active')
    throw new Rejection('volunteer-not-active', { status: volunteerStatus });
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
 * A member leaves, or is removed for a reason; an invitation is declined, or taken back. Null when
 * neither is there any more.
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
      membership: { ...membership, status: own ? 'left' : 'removed', leftOn: today },
      reason,
    },
  };
};

/**
 * What a membership is under the record that the member's own was merged into: the same, unless
 * that one is in the team already or was removed from it; and an invitation that it had before is
 * its own to answer. Null when there is nothing to bring over.
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
