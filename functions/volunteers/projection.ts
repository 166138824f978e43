import type { DomainEvent } from '../../events/catalogue.ts';
import { monthOf } from '../shared/calendar.ts';
import type { Projection } from '../shared/projection.ts';

export const project = (event: DomainEvent<'VolunteerRegistered'>): Projection => {
  const { volunteer } = event.data;
  return {
    pk: `volunteer#${event.aggregate.id}`,
    sk: 'volunteer',
    row: volunteer,
    contribution: {
      month: monthOf(volunteer.registeredOn),
      areaId: volunteer.areaId,
      theme: null,
      kind: 'volunteer',
      measures: { volunteersRegistered: 1 },
    },
  };
};
