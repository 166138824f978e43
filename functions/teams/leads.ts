import type { Team } from '../../events/teams.ts';
import type { Actor } from '../ledger/actor.ts';
import { isActiveSelf } from '../people/own-record.ts';

/**
 * Whether the actor leads a team. By the leader's record in the Ledger: the team goes on naming a
 * leader who left until `keep-memberships` has run.
 */
export const leads = async (
  actor: Pick<Actor, 'volunteerId'>,
  { leaderId }: Pick<Team, 'leaderId'>,
): Promise<boolean> => leaderId !== null && (await isActiveSelf(actor, leaderId));
