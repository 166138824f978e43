import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { inboundBatches, inboundPartnerRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

export const projectPartner = ({
  aggregate: { id },
  data: { partner },
}: DomainEvent<EventTypeOf<'inbound-partner'>>): Projection => ({
  row: { pk: inboundPartnerRows, sk: id, row: partner },
});

/** The batches of a partner by time. */
export const projectBatch = ({
  aggregate: { id },
  recordedAt,
  data: { batch },
}: DomainEvent<EventTypeOf<'inbound-batch'>>): Projection => ({
  row: {
    pk: inboundBatches(batch.partnerId),
    sk: `${recordedAt}#${id}`,
    row: { ...batch, at: recordedAt },
  },
});
