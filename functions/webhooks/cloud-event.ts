import { type DomainEvent, sourceOf } from '../../events/catalogue.ts';
import type { Notice } from '../people/notice.ts';
import { pseudonymOf } from '../people/pseudonyms.ts';
import type { Told } from './event-log.ts';
import { isOfPerson, publicPartOf } from './public-part.ts';
import { noticeType } from './subscription.ts';

/** A body is smaller than this. Standard Webhooks advises 20 KB. */
const maxBytes = 20_000;

/** An event as CloudEvents 1.0 writes it in JSON. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** `<aggregate>/<id>`. In a thin event, a person's id is a pseudonym. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly correlationid: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Head = Told['head'];

const envelopeOf = (
  { type, district, recordedAt, correlationId }: Omit<Head, 'id' | 'aggregate'>,
  own: Pick<CloudEvent, 'id' | 'type' | 'subject' | 'data'>,
): CloudEvent => ({
  specversion: '1.0',
  id: own.id,
  source: `/${sourceOf(type).replace('.', `/${district}/`)}`,
  type: own.type,
  subject: own.subject,
  time: recordedAt,
  datacontenttype: 'application/json',
  correlationid: correlationId,
  data: own.data,
});

const withData = (
  head: Head,
  knownAs: string,
  { areaId, theme, organisationId, figures }: Told['part'],
  more: CloudEvent['data'] = {},
): CloudEvent => {
  const { type, version } = head.aggregate;
  return envelopeOf(head, {
    ...{ id: head.id, type: head.type, subject: `${type}/${knownAs}` },
    data: {
      ...{ aggregate: { type, id: knownAs, version }, areaId, theme, organisationId, figures },
      ...more,
    },
  });
};

/**
 * An event with its aggregate and version, places and public figures. People have pseudonyms, which are the
 * same in all events for one reader and differ between readers.
 * @param reader names the webhook or the reader
 */
export const thinEventOf = async (
  head: Head,
  part: Told['part'],
  reader: string,
): Promise<CloudEvent> => {
  const { id } = head.aggregate;
  return withData(head, isOfPerson(head) ? await pseudonymOf(reader, id) : id, part);
};

/**
 * An event with its data as on the bus too, and people's ids; the data are left out, which is said, when the
 * body would be 20 KB or more.
 */
export const fullEventOf = (event: DomainEvent): CloudEvent => {
  const { schemaVersion, aggregate } = event;
  const part = publicPartOf(event);
  const full = withData(event, aggregate.id, part, { schemaVersion, event: event.data });
  return Buffer.byteLength(JSON.stringify(full)) < maxBytes
    ? full
    : withData(event, aggregate.id, part, { schemaVersion, event: null });
};

/** A notice to a person: whom it is for, by opaque id, what happened, and to which entry. */
export const noticeEventOf = (
  event: DomainEvent,
  { id, kind, volunteerId, hours }: Notice,
): CloudEvent =>
  envelopeOf(event, {
    ...{ id, type: noticeType(kind), subject: `volunteer/${volunteerId}` },
    data: { kind, volunteerId, hours },
  });
