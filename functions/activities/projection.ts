import type { Activity, Outcome } from '../../events/activities.ts';
import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import { measureOf, scaleOf } from '../../events/outputs.ts';
import { monthOf } from '../runtime/calendar.ts';
import { activityList, activityPartition } from '../views/keys.ts';
import type { ActivityFigures, Projection } from '../views/projection.ts';

const isExactHundred = (count: number): boolean => count > 0 && count % 100 === 0;

/** The people who were served; that somebody says how many; and whether that is an exact hundred. */
const served = ({
  count,
  basis,
}: NonNullable<Outcome['beneficiaries']>): Readonly<Record<string, number>> => {
  const suffix = basis === 'counted' ? '' : 'Estimated';
  return {
    [`beneficiaries${suffix}`]: count,
    [`beneficiaryReports${suffix}`]: 1,
    ...(isExactHundred(count) ? { [`exactHundreds${suffix}`]: 1 } : {}),
  };
};

/** Nothing is reported that was achieved: an outcome that names people only, or nothing at all. */
const withoutOutputs = (outcome: Outcome): boolean => Object.keys(outcome.outputs).length === 0;

/** The reported outcome, which counts after verification. Measures are whole numbers. */
const achieved = ({ outcome }: Activity): Readonly<Record<string, number>> => ({
  ...(outcome?.beneficiaries ? served(outcome.beneficiaries) : {}),
  ...(outcome && withoutOutputs(outcome) ? { outcomesWithoutOutputs: 1 } : {}),
  ...Object.fromEntries(
    Object.entries(outcome?.outputs ?? {}).map(([key, { quantity, basis }]) => [
      measureOf(key, basis),
      Math.round(quantity * scaleOf(key)),
    ]),
  ),
});

const figuresOf = (activity: Activity): ActivityFigures => ({
  of: 'activity',
  month: monthOf(activity.startsOn),
  areaId: activity.areaId,
  areasAbove: activity.areasAbove,
  theme: activity.theme,
  organisationId: activity.organisationId,
  teamId: activity.teamId,
  counts: activity.status !== 'cancelled',
  verified: activity.status === 'verified',
  measures: achieved(activity),
  partnerIds: activity.partnerIds,
});

export const project = (
  event: DomainEvent<Extract<EventType, `Activity${string}`>>,
): Projection => {
  const { activity } = event.data;
  const { id } = event.aggregate;
  return {
    row: {
      pk: activityPartition(id),
      sk: 'activity',
      row: activity,
      list: { name: activityList, order: `${activity.startsOn}#${id}` },
    },
    figures: figuresOf(activity),
  };
};

/** A line of an activity names no person. */
export const persons = { activity: { id: 'shown' } } as const;
