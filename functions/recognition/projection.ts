import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import type { Certificate } from '../../events/recognition.ts';
import { certificateRows, listOfCertificates } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** A certificate as lists show it: without its entries, which may be thousands. */
export type ListedCertificate = Omit<Certificate, 'entries' | 'records'> & {
  readonly entryCount: number;
};

export const listed = ({ entries, records: _, ...rest }: Certificate): ListedCertificate => ({
  ...rest,
  entryCount: entries.length,
});

/** What has no number yet comes behind all numbers, by the day of the application. */
const orderOf = (id: string, { number, appliedOn }: Certificate): string =>
  number ?? `~${appliedOn}#${id}`;

/** Under its record, and in the register of its recording unit by number. */
export const project = ({
  aggregate: { id },
  data: { certificate },
}: DomainEvent<EventTypeOf<'certificate'>>): Projection => ({
  row: {
    pk: certificateRows(certificate.volunteerId),
    sk: id,
    row: listed(certificate),
    list: { name: listOfCertificates(certificate.issuerId), order: orderOf(id, certificate) },
  },
});
