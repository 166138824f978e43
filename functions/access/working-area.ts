import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { covers } from './areas.ts';

/** The areas an actor works in: those named in the token, or else the area of their organisation. */
const areasOf = async ({ areaIds, organisationId }: Actor): Promise<readonly string[]> => {
  if (areaIds !== null) return areaIds;
  if (organisationId === null) return [];
  const organisation = await aggregate('organisation').stateNow(organisationId, false);
  return organisation ? [organisation.areaId] : [];
};

/**
 * The actor, without an organisation if the token names one that does not exist. For rules that
 * require an actor of another organisation. One read.
 */
export const ofKnownOrganisation = async (actor: Actor): Promise<Actor> => {
  const { organisationId } = actor;
  if (organisationId === null || (await aggregate('organisation').stateNow(organisationId)))
    return actor;
  return { ...actor, organisationId: null };
};

/**
 * Whether the actor works in an area, or in an area that contains it this year. Without areas and
 * organisation an actor works nowhere. At most three reads, and none if the token names the area
 * itself.
 */
export const worksIn = async (actor: Actor, areaId: string): Promise<boolean> =>
  covers(await areasOf(actor), areaId, actor.year);

/**
 * Whether the token names an area, or one that contains it; true for every area if it names none.
 * For things that already belong to the actor's own organisation, wherever they took place.
 */
export const withinNamedAreas = async (
  { areaIds, year }: Pick<Actor, 'areaIds' | 'year'>,
  areaId: string,
): Promise<boolean> => areaIds === null || covers(areaIds, areaId, year);
