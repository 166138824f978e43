import type { Contribution } from '../views/projection.ts';
import { applyChange, countsOf, createPresenceChanges, type Presence } from './presence.ts';
import { createDeltas, type Delta } from './totals.ts';

/**
 * Adds up contributions from nothing: the right totals and presences when each line is given once.
 * It keeps the totals and a presence for each member and period in memory. So its memory grows with
 * people and their active months, not with entries.
 */
export const createTally = () => {
  const deltas = createDeltas();
  const changes = createPresenceChanges();
  return {
    add: (contribution: Contribution | undefined, recordedAt: string): void => {
      deltas.addContribution(contribution, 1, recordedAt);
      changes.addContribution(contribution, 1, recordedAt);
    },
    /** Call once, after all contributions were added. */
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
