import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { monthOf } from '../runtime/calendar.ts';
import { volunteerPartition } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

/** The records that may be of the same person, for a person to look at. */
export const duplicates = 'volunteers#possible-duplicates';

/**
 * A person counts as registered from their own yes on; a merged record is somebody who is counted
 * already. Whoever left had registered all the same, and is no registered volunteer from that month
 * on; to be erased changes nothing.
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
  const contribution = contributionOf(volunteer);
  const flagged =
    volunteer.possibleDuplicates.length > 0 && !['merged', 'erased'].includes(volunteer.status);
  return {
    pk: volunteerPartition(id),
    sk: 'volunteer',
    row: volunteer,
    ...(flagged ? { list: { name: duplicates, order: id } } : {}),
    ...(contribution ? { contribution } : {}),
  };
};

/**
 * What lines of these kinds show to whoever may not know people: what makes somebody count. The rest
 * of a record would only help to guess whose it is.
 */
export const persons = {
  volunteer: {
    id: 'person',
    areaId: 'shown',
    tags: 'hidden',
    serviceCategories: 'hidden',
    status: 'shown',
    selfId: 'person',
    ageGroup: 'hidden',
    consentVersion: 'hidden',
    consents: 'hidden',
    credentials: 'hidden',
    possibleDuplicates: 'person',
    mergedInto: 'person',
    mergedFrom: { id: 'person', selfId: 'person', awaiting: 'person' },
    registeredOn: 'shown',
    registeredBy: 'shown',
    confirmedOn: 'shown',
    leftOn: 'shown',
  } satisfies Disclosure<Identified<Volunteer>>,
};
