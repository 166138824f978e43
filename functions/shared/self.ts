import type { Volunteer } from '../../events/volunteers.ts';
import type { Actor } from './actor.ts';
import { snapshot } from './references.ts';

/** Whether a volunteer's record is the actor's own: by its id, or by the link their yes made. */
export const isOwnRecord = (
  actor: Pick<Actor, 'volunteerId'>,
  id: string,
  { selfId }: Pick<Volunteer, 'selfId'>,
): boolean => actor.volunteerId === id || actor.volunteerId === selfId;

/**
 * `isOwnRecord` of a record that still has to be read; nobody's when there is none. Where a token
 * leads to a record that was merged, the one it was merged into is the person's own too.
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
    (isOwnRecord(actor, volunteerId, volunteer) || mine?.mergedInto === volunteerId)
  );
};
