import type { Role } from '../../events/envelope.ts';
import type { Team } from '../../events/teams.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

type Hosted = Pick<Team, 'organisationId'>;

/** Teams are formed, changed and dissolved by their host's organiser, or by the district. */
export const mayForm = (actor: Actor, { organisationId }: Hosted): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/** Who forms teams, and the leader, invite and remove. @param leader the actor leads this team */
export const mayLead = (actor: Actor, team: Hosted, leader: boolean): Role | undefined =>
  mayForm(actor, team) ?? (leader ? roleAmong(actor, 'volunteer') : undefined);

/** A volunteer's own yes or no; staff say it for themselves with whatever role they have. */
export const maySpeakForSelf = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'volunteer', 'organiser', 'verifier', 'district-admin');

/** Who is in a team is seen by those who lead it and its members. */
export const mayReadMembers = (
  actor: Actor,
  team: Hosted,
  { leader, member }: { readonly leader: boolean; readonly member: boolean },
): boolean => mayLead(actor, team, leader) !== undefined || member;
