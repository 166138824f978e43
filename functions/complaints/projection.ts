import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { complaintRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** Where a complaint stands, without what it says, under its number. */
export const project = ({
  data: { complaint },
  aggregate: { id },
}: DomainEvent<EventTypeOf<'complaint'>>): Projection => ({
  row: { pk: complaintRows, sk: id, row: complaint },
});
