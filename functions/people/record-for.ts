import { acceptedSurvivorOf } from './own-record.ts';

/**
 * The record under which a new entry is made for an id that somebody gave: the record it was merged
 * into, if that merge was accepted or needed no acceptance, or else its own. While a merge waits, an
 * entry stays with the id that was given: both records are counted as one person meanwhile, and if the
 * merge is undone the entry is with the right one. `volunteer` is undefined when there is no such
 * record, and may be erased. Reads each record on the way, consistently.
 */
export const recordFor: typeof acceptedSurvivorOf = (id) => acceptedSurvivorOf(id);
