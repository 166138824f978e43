import type { DomainEvent, Fact } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';

export const evolve = (_: Volunteer | null, event: DomainEvent): Volunteer => {
  if (event.type !== 'VolunteerRegistered')
    throw new Error(`${event.type} is not an event of a volunteer`);
  return event.data.volunteer;
};

export const register = (volunteer: Volunteer): Fact<'VolunteerRegistered'> => ({
  type: 'VolunteerRegistered',
  data: { volunteer },
});
