import type { Role } from '../../events/envelope.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { mayRun } from './policy.ts';

/**
 * The role in which the actor may hold an organisation's activity in an area; undefined means no.
 * Areas are public, so an actor who is refused because the area does not exist is told so.
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
