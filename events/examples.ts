import { catalogue, type DomainEvent, type EventType } from './catalogue.ts';

/** Ids of the aggregates in the examples, by aggregate type; the others are named by what they are. */
const ids: Readonly<Record<string, string>> = {
  campaign: '2025',
  area: 'hongqi-01',
  organisation: '0198c0de-0000-7000-8000-0000000000a1',
  activity: '0198c0de-0000-7000-8000-0000000000b1',
  volunteer: '0198c0de-0000-7000-8000-0000000000c1',
  hours: '0198c0de-0000-7000-8000-0000000000d1',
  team: '0198c0de-0000-7000-8000-0000000000f1',
  membership: '0198c0de-0000-7000-8000-0000000000f2',
  import: '0198c0de-0000-7000-8000-0000000000f1',
  'import-chunk': '0198c0de-0000-7000-8000-0000000000f3',
  'record-entry': '0198c0de-0000-7000-8000-0000000000e1',
};

/** A whole example event: the catalogue's data in an envelope. */
export const exampleOf = (type: EventType): DomainEvent => {
  const { aggregate, schemaVersion, example } = catalogue[type];
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    type,
    schemaVersion,
    aggregate: { type: aggregate, id: ids[aggregate] ?? '', version: 1 },
    district: 'demo',
    occurredAt: '2025-10-18T06:00:00.000Z',
    recordedAt: '2025-10-18T06:00:00.000Z',
    actor: { role: 'organiser', id: 'organiser-1' },
    correlationId: '0198c0de-0000-7000-8000-0000000000ff',
    causationId: null,
    data: example,
  } as DomainEvent;
};
