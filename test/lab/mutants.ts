import { closingMutants } from './closing-mutants.ts';
import { followerMutants } from './follower-mutants.ts';
import { rebuildMutants } from './rebuild-mutants.ts';
import type { Mutation } from './simulation.ts';

/**
 * Mutants of the relay, the followers, the rebuild and the closing of periods. A mutant changes the store's answers or the
 * functions' requests, so that no code is copied. Those of the engine of the figures are in
 * `figures/mutants.ts`.
 */
export const mutants: Readonly<Record<string, Mutation>> = {
  ...rebuildMutants,
  ...followerMutants,
  ...closingMutants,
  'the relay does not see which entries failed': {
    bus: (next) => async (sent) => {
      const { Entries, ...more } = (await next(sent)) as { Entries: readonly object[] };
      return { ...more, Entries: Entries.map((entry) => ({ ...entry, EventId: 'taken' })) };
    },
  },
};
