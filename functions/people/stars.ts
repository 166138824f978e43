import type { Star } from '../../events/stars.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { derivedId } from '../runtime/ids.ts';

/** All levels there are, also those that the district does not use any more. */
const levels = [1, 2, 3, 4, 5] as const;

/** The id of a level of a volunteer: it is the same star whoever begins it, and however often. */
export const starIdOf = (volunteerId: string, level: number): string =>
  derivedId('star', volunteerId, String(level));

/** The stars of a record, by level, as the Ledger says now. Five reads. */
export const starsOf = async (
  volunteerId: string,
): Promise<readonly { readonly id: string; readonly state: Star; readonly version: number }[]> => {
  const found = await Promise.all(
    levels.map(async (level) => {
      const id = starIdOf(volunteerId, level);
      const star = await aggregate('star').find(id);
      return star ? [{ id, state: star.state, version: star.version }] : [];
    }),
  );
  return found.flat();
};
