import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { withoutSelfIds } from '../people/shown-volunteer.ts';
import { monthOf } from '../runtime/calendar.ts';
import { listOfVolunteers, volunteerName, volunteerPartition } from '../views/keys.ts';
import type { PersonFigures, Projection } from '../views/projection.ts';

/** The list of records that may be of the same person, for staff to check. */
export const duplicates = 'possible-duplicates';

/** The events that say who a record is counted as. */
const regrouping: ReadonlySet<EventType> = new Set(['VolunteerMerged', 'VolunteerUnmerged']);

/**
 * A person counts as registered from their confirmation. A person who left, or was erased, still counts
 * as newly registered in their month, but not as a registered volunteer from the month of leaving on.
 */
const figuresOf = (
  { areaId, mergedInto, confirmedOn, spells }: Volunteer,
  regroups: boolean,
): PersonFigures => ({
  of: 'person',
  mergedInto,
  regroups,
  areaId,
  registeredIn: confirmedOn && monthOf(confirmedOn),
  spells: spells.map(({ from, until }) => ({
    from: monthOf(from),
    until: until && monthOf(until),
  })),
});

export const project = (
  event: Extract<DomainEvent<EventType>, { data: { volunteer: Volunteer } }>,
): Projection => {
  const { volunteer } = event.data;
  const { id } = event.aggregate;
  const { areaId, confirmedOn } = volunteer;
  const since = confirmedOn === null ? 'pending' : monthOf(confirmedOn);
  const flagged =
    volunteer.possibleDuplicates.length > 0 && !['merged', 'erased'].includes(volunteer.status);
  return {
    row: {
      pk: volunteerPartition(id),
      sk: volunteerName,
      row: withoutSelfIds(volunteer),
      list: { name: listOfVolunteers(areaId), order: `${since}#${id}` },
      ...(flagged ? { flag: { name: duplicates, order: id } } : {}),
    },
    figures: figuresOf(volunteer, regrouping.has(event.type)),
  };
};

/** The line of a registration names its person. */
export const persons = { volunteer: { id: 'person' } } as const;
