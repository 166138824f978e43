import type { Actor } from './actor.ts';
import { covers } from './areas.ts';
import { snapshot } from './references.ts';

/** The areas an actor works in: those the token names, else that of their organisation. */
const areasOf = async ({ areaIds, organisationId }: Actor): Promise<readonly string[]> => {
  if (areaIds.length > 0 || organisationId === null) return areaIds;
  const organisation = await snapshot('organisation', organisationId, false);
  return organisation ? [organisation.areaId] : [];
};

/**
 * Whether an area is one the actor works in, or lies in one. Nobody works anywhere by default. At
 * most three reads, and none where the token names the area itself.
 */
export const worksIn = async (actor: Actor, areaId: string): Promise<boolean> =>
  covers(await areasOf(actor), areaId);
