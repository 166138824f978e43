import { aggregates } from './aggregates.ts';
import { catalogue, type DomainEvent, type EventType } from './catalogue.ts';

const exampleIds: ReadonlyMap<string, string> = new Map(
  Object.values(aggregates).map(({ type, exampleId }) => [type, exampleId]),
);

/** A whole example event: the catalogue's data in an envelope. */
export const exampleOf = (type: EventType): DomainEvent => {
  const { aggregate, schemaVersion, example } = catalogue[type];
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    type,
    schemaVersion,
    aggregate: { type: aggregate, id: exampleIds.get(aggregate), version: 1 },
    district: 'demo',
    occurredAt: '2025-10-18T06:00:00.000Z',
    recordedAt: '2025-10-18T06:00:00.000Z',
    actor: { role: 'organiser', id: 'organiser-1' },
    correlationId: '0198c0de-0000-7000-8000-0000000000ff',
    causationId: null,
    data: example,
  } as DomainEvent;
};
