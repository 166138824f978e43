import type { DomainEvent } from '../../events/catalogue.ts';
import { areaRows, organisationRows } from '../shared/keys.ts';
import type { Projection } from '../shared/projection.ts';

export const project = (
  event: DomainEvent<'AreaDefined' | 'OrganisationRegistered'>,
): Projection =>
  event.type === 'AreaDefined'
    ? { pk: areaRows, sk: event.data.area.id, row: event.data.area }
    : {
        pk: organisationRows,
        sk: event.data.organisation.id,
        row: event.data.organisation,
      };
