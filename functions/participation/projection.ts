import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { type Entry, entriesOf, sumsIn } from '../../events/participation.ts';
import type { Disclosure, Projection } from '../views/projection.ts';

/** A sheet has no row: its entries are read from the Ledger, and a person's from their year. */
export const project = ({ data }: DomainEvent<EventTypeOf<'sheet'>>): Projection => ({
  figures: { of: 'sheet', place: data.place, sums: sumsIn(data), entries: entriesOf(data) },
});

/**
 * What auditors are shown of lines, and of an entry on a sheet: only of a volunteer in their sample,
 * with staff under the pseudonyms of the year.
 */
export const persons = {
  sheet: { id: 'shown' },
  person: { id: 'person' },
  entry: {
    volunteerId: 'shown',
    tags: 'shown',
    onDuty: 'shown',
    attendedMinutes: 'shown',
    creditedMinutes: 'shown',
    origin: 'shown',
    status: 'shown',
    enteredBy: 'person',
    verifiedBy: 'person',
    objection: { on: 'shown', reason: 'shown' },
    flags: 'shown',
  } satisfies Disclosure<Entry>,
} as const;
