import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { RecordEntry, RecordKind } from '../../events/records.ts';
import { volunteerPartition } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** The prefix of the rows of a block. */
export const blockPrefix = (kind: RecordKind): string => `${kind}#`;

/** In the volunteer's partition, each kind by date, so that a block of the record is one query. */
export const project = (
  event: Extract<DomainEvent<EventType>, { data: { entry: RecordEntry } }>,
): Projection => {
  const { entry } = event.data;
  return {
    row: {
      pk: volunteerPartition(entry.volunteerId),
      sk: `${blockPrefix(entry.kind)}${entry.date}#${event.aggregate.id}`,
      row: entry,
    },
  };
};
