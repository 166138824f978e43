import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from './actor.ts';
import { snapshot } from './references.ts';

/** Whether a volunteer's record is the actor's own: by its id, or by the link their yes made. */
export const isOwnRecord = (
  actor: Pick<Actor, 'volunteerId'>,
  id: string,
  { selfId }: Pick<Volunteer, 'selfId'>,
): boolean => actor.volunteerId === id || actor.volunteerId === selfId;

/** Whether a record was merged into another, at once or by way of others. */
const leadsTo = async (mergedInto: string | null, volunteerId: string): Promise<boolean> => {
  if (mergedInto === null || mergedInto === volunteerId) return mergedInto === volunteerId;
  const next = await snapshot('volunteer', mergedInto, false);
  return leadsTo(next?.mergedInto ?? null, volunteerId);
};

/**
 * `isOwnRecord` of a record that still has to be read; nobody's when there is none. Where a token
 * leads to a record that was merged, the one it was merged into is the person's own too, and so on.
 */
export const isSelf = async (
  actor: Pick<Actor, 'volunteerId'>,
  volunteerId: string,
): Promise<boolean> => {
  if (actor.volunteerId === volunteerId) return true;
  const [volunteer, mine] = await Promise.all([
    snapshot('volunteer', volunteerId),
    snapshot('volunteer', actor.volunteerId, false),
  ]);
  return (
    volunteer !== undefined &&
    (isOwnRecord(actor, volunteerId, volunteer) ||
      (await leadsTo(mine?.mergedInto ?? null, volunteerId)))
  );
};
