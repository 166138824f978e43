import type { DomainEvent } from '../../events/catalogue.ts';
import { chunkName, importPartition } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** What of a list is done: a row for each chunk, with counts and no ids. */
export const project = (
  event: DomainEvent<'ImportAccepted' | 'ImportChunkRegistered'>,
): Projection => {
  if (event.type === 'ImportAccepted')
    return { pk: importPartition(event.aggregate.id), sk: 'import', row: event.data.import };
  const { importId, number, rows } = event.data.chunk;
  const counted = (outcome: (typeof rows)[number]['outcome']) =>
    rows.filter((row) => row.outcome === outcome).length;
  return {
    pk: importPartition(importId),
    sk: chunkName(number),
    row: {
      registered: counted('registered'),
      alreadyRegistered: counted('already-registered'),
      numberOfAnother: counted('number-of-another'),
    },
  };
};
