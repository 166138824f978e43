import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { type ShownVolunteer, withoutSelfIds } from '../people/shown-volunteer.ts';
import { monthOf } from '../runtime/calendar.ts';
import { listOfVolunteers, volunteerName, volunteerPartition } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

/** The list of records that may be of the same person, for staff to check. */
export const duplicates = 'possible-duplicates';

/**
 * A person counts as registered from their confirmation. A merged record does not count, since its
 * person is counted in the other record. A person who left, or was erased, still counts as newly
 * registered in their month, but not as a registered volunteer from the month of leaving on. A line
 * has one beginning and one end, so it does not show the spells before the last one ended.
 */
const contributionOf = ({
  areaId,
  mergedInto,
  confirmedOn,
  leftOn,
}: Volunteer): Contribution | undefined =>
  confirmedOn === null || mergedInto !== null
    ? undefined
    : {
        month: monthOf(confirmedOn),
        areaId,
        theme: null,
        kind: 'volunteer',
        measures: { volunteersRegistered: 1 },
        ...(leftOn === null ? {} : { until: monthOf(leftOn) }),
      };

export const project = (
  event: Extract<DomainEvent<EventType>, { data: { volunteer: Volunteer } }>,
): Projection => {
  const { volunteer } = event.data;
  const { id } = event.aggregate;
  const { areaId, confirmedOn } = volunteer;
  const since = confirmedOn === null ? 'pending' : monthOf(confirmedOn);
  const contribution = contributionOf(volunteer);
  const flagged =
    volunteer.possibleDuplicates.length > 0 && !['merged', 'erased'].includes(volunteer.status);
  return {
    pk: volunteerPartition(id),
    sk: volunteerName,
    row: withoutSelfIds(volunteer),
    list: { name: listOfVolunteers(areaId), order: `${since}#${id}` },
    ...(flagged ? { flag: { name: duplicates, order: id } } : {}),
    ...(contribution ? { contribution } : {}),
  };
};

/**
 * What readers who may not see personal data are shown of a line: only what makes somebody count.
 * Other fields could help to guess whose record it is.
 */
export const persons = {
  volunteer: {
    id: 'person',
    areaId: 'shown',
    tags: 'hidden',
    serviceCategories: 'hidden',
    status: 'shown',
    ageGroup: 'hidden',
    consentVersion: 'hidden',
    consents: 'hidden',
    credentials: 'hidden',
    possibleDuplicates: 'person',
    distinctFrom: 'person',
    mergedInto: 'person',
    mergedFrom: { id: 'person', awaiting: 'person' },
    registeredOn: 'shown',
    registeredBy: 'shown',
    confirmedOn: 'shown',
    leftOn: 'shown',
    spells: { from: 'shown', until: 'shown' },
  } satisfies Disclosure<Identified<ShownVolunteer>>,
};
