import type { Contribution } from '../views/projection.ts';
import { applyChange, countsOf, createPresenceChanges, type Presence } from './presence.ts';
import { createDeltas, type Delta } from './totals.ts';

/**
 * Adds up contributions from nothing: what the totals and presences have to be when each line is
 * given once. It keeps the totals and a presence for each member and period in memory, so it grows
 * with people and the months they come in, not with entries.
 */
export const createTally = () => {
  const deltas = createDeltas();
  const changes = createPresenceChanges();
  return {
    add: (contribution: Contribution | undefined, recordedAt: string): void => {
      deltas.addContribution(contribution, 1, recordedAt);
      changes.addContribution(contribution, 1, recordedAt);
    },
    /** To be asked for once, when all is added. */
    result: (): { readonly presences: readonly Presence[]; readonly totals: readonly Delta[] } => {
      const presences = changes.all().map((change) => {
        const presence = applyChange(undefined, change);
        for (const { count, ...key } of countsOf(presence))
          deltas.add(key, change.metric, { sum: count, lines: count }, change.recordedAt);
        return presence;
      });
      return { presences, totals: deltas.effective() };
    },
  };
};
