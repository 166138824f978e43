import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import { type Organisation, partnerKinds } from '../../events/organisations.ts';
import { areaRows, organisationRows } from '../views/keys.ts';
import type { Projection } from '../views/projection.ts';

/** What a list of organisations can be of, beside a kind. */
export const groupOf = ({ kind }: Pick<Organisation, 'kind'>): 'partner' | 'own' =>
  partnerKinds.has(kind) ? 'partner' : 'own';

export const project = (
  event: DomainEvent<'AreaDefined' | Extract<EventType, `Organisation${string}`>>,
): Projection => {
  if (event.type === 'AreaDefined')
    return { pk: areaRows, sk: event.data.area.id, row: event.data.area };
  const { organisation } = event.data;
  return {
    pk: organisationRows,
    sk: organisation.id,
    row: { ...organisation, group: groupOf(organisation) },
  };
};
