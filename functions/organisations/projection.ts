import type { DomainEvent, EventTypeOf } from '../../events/catalogue.ts';
import { type Organisation, partnerKinds } from '../../events/organisations.ts';
import { areaRows, organisationRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** The groups, beside kinds, by which organisations can be listed. */
const groupOf = ({ kind }: Pick<Organisation, 'kind'>): 'partner' | 'own' =>
  partnerKinds.has(kind) ? 'partner' : 'own';

export const projectArea = ({ data: { area } }: DomainEvent<EventTypeOf<'area'>>): Projection => ({
  row: { pk: areaRows, sk: area.id, row: area },
});

export const projectOrganisation = ({
  data: { organisation },
}: DomainEvent<EventTypeOf<'organisation'>>): Projection => ({
  row: {
    pk: organisationRows,
    sk: organisation.id,
    row: { ...organisation, group: groupOf(organisation) },
  },
});

/** A line of a partner names no person. */
export const persons = { partner: { id: 'shown' } } as const;
