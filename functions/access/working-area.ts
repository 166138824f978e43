import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { covers } from './areas.ts';

/** The areas an actor works in: those the token names, else that of their organisation. */
const areasOf = async ({ areaIds, organisationId }: Actor): Promise<readonly string[]> => {
  if (areaIds !== null) return areaIds;
  if (organisationId === null) return [];
  const organisation = await aggregate('organisation').stateNow(organisationId, false);
  return organisation ? [organisation.areaId] : [];
};

/**
 * The actor, without an organisation where the token names one that does not exist. Whoever may act
 * as somebody of another organisation has to be of one. One read.
 */
export const ofKnownOrganisation = async (actor: Actor): Promise<Actor> => {
  const { organisationId } = actor;
  if (organisationId === null || (await aggregate('organisation').stateNow(organisationId)))
    return actor;
  return { ...actor, organisationId: null };
};

/**
 * Whether an area is one the actor works in, or lies in one. Nobody works anywhere by default. At
 * most three reads, and none where the token names the area itself.
 */
export const worksIn = async (actor: Actor, areaId: string): Promise<boolean> =>
  covers(await areasOf(actor), areaId);

/**
 * Whether an area is among those the token names, or lies in one; any area is where it names none.
 * For what is of the actor's own organisation already, wherever that took place.
 */
export const withinNamedAreas = async (
  { areaIds }: Pick<Actor, 'areaIds'>,
  areaId: string,
): Promise<boolean> => areaIds === null || covers(areaIds, areaId);
