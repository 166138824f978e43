import type { DomainEvent } from '../../events/catalogue.ts';
import type { Projection } from '../shared/projection.ts';

export const areas = 'areas';
export const organisationList = 'organisations';

export const project = (
  event: DomainEvent<'AreaDefined' | 'OrganisationRegistered'>,
): Projection =>
  event.type === 'AreaDefined'
    ? { pk: areas, sk: event.data.area.id, row: event.data.area }
    : {
        pk: organisationList,
        sk: event.data.organisation.id,
        row: event.data.organisation,
      };
