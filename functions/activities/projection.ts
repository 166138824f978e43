import type { Activity } from '../../events/activities.ts';
import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import { measureOf, scaleOf } from '../../events/outputs.ts';
import { monthOf } from '../runtime/calendar.ts';
import { activityPartition } from '../views/keys.ts';
import type { Contribution, Disclosure, Identified, Projection } from '../views/projection.ts';

export const activityList = 'activities';

/** The reported outcome, which counts after verification. Measures are whole numbers. */
const achieved = ({ outcome }: Activity): Readonly<Record<string, number>> => {
  const beneficiaries = outcome?.beneficiaries;
  return {
    ...(beneficiaries
      ? {
          [beneficiaries.basis === 'counted' ? 'beneficiaries' : 'beneficiariesEstimated']:
            beneficiaries.count,
        }
      : {}),
    ...Object.fromEntries(
      Object.entries(outcome?.outputs ?? {}).map(([key, { quantity, basis }]) => [
        measureOf(key, basis),
        Math.round(quantity * scaleOf(key)),
      ]),
    ),
  };
};

/** A cancelled activity does not count at all, not even as published. */
const contributionOf = (id: string, activity: Activity): Contribution | undefined => {
  if (activity.status === 'cancelled') return undefined;
  const verified = activity.status === 'verified';
  return {
    month: monthOf(activity.startsOn),
    areaId: activity.areaId,
    theme: activity.theme,
    kind: 'activity',
    measures: { activitiesPublished: 1, ...(verified ? achieved(activity) : {}) },
    ...(verified
      ? {
          present: { partners: activity.partnerIds },
          heldIfPresent: { metric: 'activitiesHeld', member: id },
        }
      : {}),
  };
};

export const project = (
  event: DomainEvent<Extract<EventType, `Activity${string}`>>,
): Projection => {
  const { activity } = event.data;
  const { id } = event.aggregate;
  const contribution = contributionOf(id, activity);
  return {
    pk: activityPartition(id),
    sk: 'activity',
    row: activity,
    list: { name: activityList, order: `${activity.startsOn}#${id}` },
    ...(contribution ? { contribution } : {}),
  };
};

/** What readers who may not see personal data are shown of a line. The title is public elsewhere. */
export const persons = {
  activity: {
    id: 'shown',
    title: 'hidden',
    content: 'hidden',
    theme: 'shown',
    areaId: 'shown',
    areasAbove: 'shown',
    organisationId: 'shown',
    recordingUnitId: 'shown',
    teamId: 'shown',
    partnerIds: 'shown',
    // Everybody reads these two in the activity itself: a pseudonym beside them would name its person.
    responsibleId: 'hidden',
    startsOn: 'shown',
    endsOn: 'shown',
    risk: { level: 'shown', notice: 'hidden', insurance: 'hidden' },
    status: 'shown',
    // Each output has a metric and lines of its own.
    outcome: { beneficiaries: { count: 'shown', basis: 'shown' }, outputs: 'hidden' },
    rejection: 'hidden',
    enteredBy: 'hidden',
  } satisfies Disclosure<Identified<Activity>>,
};
