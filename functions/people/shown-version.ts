import type { DomainEvent } from '../../events/catalogue.ts';
import { load } from '../ledger/ledger.ts';

/**
 * Whether an event of a record says something about other people's records: that they have the same
 * number, or had it. Only the district learns of these events.
 */
export const saysOfOthers = ({ type }: Pick<DomainEvent, 'type'>): boolean =>
  type === 'DuplicateSuspected' || type === 'DuplicateSettled';

/** A record's versions for readers who do not learn of these events: as if they had not happened. */
export interface ShownVersions {
  /** The version that such a reader is shown instead of this one. */
  readonly shown: (version: number) => number;
  /** The newest version instead of which such a reader is shown this one; 0 when there is none. */
  readonly stored: (shown: number) => number;
}

/**
 * Otherwise anybody could give their own record a number, and see by its version whether somebody else has
 * it. Reads the whole stream of the record.
 */
export const shownVersions = async (volunteerId: string): Promise<ShownVersions> => {
  const events = (await load({ type: 'volunteer', id: volunteerId })).map(({ event }) => event);
  const versions = events
    .filter((event) => !saysOfOthers(event))
    .map(({ aggregate }) => aggregate.version);
  return {
    shown: (version) => versions.filter((each) => each <= version).length,
    stored: (shown) => {
      if (shown < 1 || shown > versions.length) return 0;
      const next = versions[shown];
      return next === undefined ? events.length : next - 1;
    },
  };
};
