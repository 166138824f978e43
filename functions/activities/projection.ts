import type { Activity } from '../../events/activities.ts';
import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import { monthOf } from '../runtime/calendar.ts';
import { activityPartition } from '../views/keys.ts';
import type { Contribution, Projection } from '../views/projection.ts';

export const activityList = 'activities';

/** What was reported counts once it is verified; estimates are never added to counts. */
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
      Object.entries(outcome?.outputs ?? {}).map(([key, quantity]) => [`outputs.${key}`, quantity]),
    ),
  };
};

/** A cancelled activity counts for nothing: it is not among those published either. */
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
