import type { Team } from '../../events/teams.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { checkActive } from '../people/active.ts';

/**
 * Checks that everything a team names exists, and that its leader is an active volunteer.
 * @throws Rejection `unknown-reference`, `volunteer-not-active` with the field's pointer
 */
export const teamReferences = async ({
  areaId,
  organisationId,
  leaderId,
}: Partial<Team>): Promise<void> => {
  const [leader] = await Promise.all([
    leaderId ? aggregate('volunteer').reference(leaderId, '#/leaderId') : undefined,
    areaId && aggregate('area').referenceEventually(areaId, '#/areaId'),
    organisationId &&
      aggregate('organisation').referenceEventually(organisationId, '#/organisationId'),
  ]);
  if (leader) checkActive(leader, '#/leaderId');
};
