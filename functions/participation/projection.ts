import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import { monthOf } from '../runtime/calendar.ts';
import { activityPartition, hoursPrefix, listOfVolunteer } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

/** Verified time counts; pending time is shown as pending; other entries do not count. */
const contributionOf = (hours: Hours): Contribution | undefined => {
  const where = {
    month: monthOf(hours.serviceDate),
    areaId: hours.areaId,
    theme: hours.theme,
  };
  switch (hours.status) {
    case 'pending':
      return {
        ...where,
        kind: 'hours.pending',
        measures: { pendingMinutes: hours.creditedMinutes },
      };
    case 'verified':
      return {
        ...where,
        kind: 'hours.verified',
        measures: {
          participations: 1,
          creditedMinutes: hours.creditedMinutes,
          ...(hours.tags.includes('party-member') ? { partyMemberParticipations: 1 } : {}),
        },
        present: {
          distinctVolunteers: [hours.volunteerId],
          activitiesHeld: [hours.activityId],
        },
      };
    default:
      return undefined;
  }
};

export const project = (event: DomainEvent<Extract<EventType, `Hours${string}`>>): Projection => {
  const { hours } = event.data;
  const { id } = event.aggregate;
  const contribution = contributionOf(hours);
  return {
    pk: activityPartition(hours.activityId),
    sk: `${hoursPrefix}${id}`,
    row: hours,
    list: { name: listOfVolunteer(hours.volunteerId), order: `${hours.serviceDate}#${id}` },
    ...(contribution ? { contribution } : {}),
  };
};

/** What readers who may not see personal data are shown of a line. */
export const persons = {
  hours: {
    id: 'shown',
    activityId: 'shown',
    organisationId: 'shown',
    areaId: 'shown',
    theme: 'shown',
    volunteerId: 'person',
    tags: 'shown',
    serviceDate: 'shown',
    attendedMinutes: 'shown',
    creditedMinutes: 'shown',
    origin: 'shown',
    status: 'shown',
    enteredBy: 'person',
    verifiedBy: 'person',
    objected: 'shown',
  } satisfies Disclosure<Identified<Hours>>,
};
