import type { Role } from '../../events/envelope.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { mayRun } from './policy.ts';

/**
 * The role in which the actor may have an organisation's activity take place in an area; undefined
 * means no. Areas are public: whoever may not because there is no such area is told that.
 * @throws Rejection `unknown-reference`
 */
export const mayPlace = async (
  actor: Actor,
  organisationId: string,
  areaId: string,
): Promise<Role | undefined> => {
  const inArea = actor.roles.includes('organiser') && (await worksIn(actor, areaId));
  const role = mayRun(actor, organisationId, { inArea });
  if (!role) await aggregate('area').referenceEventually(areaId, '#/areaId');
  return role;
};
