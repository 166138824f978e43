import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { RecordEntry, RecordKind } from '../../events/records.ts';
import { yearOf } from '../runtime/calendar.ts';
import { listOfCommendations, volunteerPartition } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** The prefix of the rows of a block. */
export const blockPrefix = (kind: RecordKind): string => `${kind}#`;

/**
 * In the volunteer's partition, each kind by date, so that a block of the record is one query. Commendations also
 * in the list of their year, which the report counts.
 */
export const project = (
  event: Extract<DomainEvent<EventType>, { data: { entry: RecordEntry } }>,
): Projection => {
  const { entry } = event.data;
  const order = `${entry.date}#${event.aggregate.id}`;
  return {
    row: {
      pk: volunteerPartition(entry.volunteerId),
      sk: `${blockPrefix(entry.kind)}${order}`,
      row: entry,
      ...(entry.kind === 'commendation'
        ? { list: { name: listOfCommendations(yearOf(entry.date)), order } }
        : {}),
    },
  };
};
