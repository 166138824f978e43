import type { Role } from '../../events/envelope.ts';
import type { Team } from '../../events/teams.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

type Hosted = Pick<Team, 'organisationId'>;

/** Teams are formed, changed and dissolved by their host's organiser, or by the district. */
export const mayForm = (actor: Actor, { organisationId }: Hosted): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/**
 * Those who may form teams, and the leader, may invite and remove. @param leader whether the actor
 * leads this team
 */
export const mayLead = (actor: Actor, team: Hosted, leader: boolean): Role | undefined =>
  mayForm(actor, team) ?? (leader ? roleAmong(actor, 'volunteer') : undefined);

/** A member may join, decline or leave by themselves; staff may do so in any of their roles. */
export const maySpeakForSelf = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'volunteer', 'organiser', 'verifier', 'district-admin');

/** A team's members are visible to those who lead it and to the members. */
export const mayReadMembers = (
  actor: Actor,
  team: Hosted,
  { leader, member }: { readonly leader: boolean; readonly member: boolean },
): boolean => mayLead(actor, team, leader) !== undefined || member;
