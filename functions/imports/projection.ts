import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { chunkName, importPartition } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

export const projectImport = ({
  aggregate: { id },
  data,
}: DomainEvent<EventTypeOf<'import'>>): Projection => ({
  row: { pk: importPartition(id), sk: 'import', row: data.import },
});

/** The progress of a list: a row for each registered chunk, with counts but without ids. */
export const projectChunk = (event: DomainEvent<EventTypeOf<'import-chunk'>>): Projection => {
  const { importId, number, rows } = event.data.chunk;
  const counted = (outcome: (typeof rows)[number]['outcome']) =>
    rows.filter((row) => row.outcome === outcome).length;
  return {
    row: {
      pk: importPartition(importId),
      sk: chunkName(number),
      row: {
        registered: counted('registered'),
        alreadyRegistered: counted('already-registered'),
        numberOfAnother: counted('number-of-another'),
      },
    },
  };
};
