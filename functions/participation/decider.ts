import type { Activity } from '../../events/activities.ts';
import type { Fact } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { checkActive } from '../people/active.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';

/** The given fields of an entry: one volunteer, one day. */
export type HoursEntry = Pick<
  Hours,
  'activityId' | 'volunteerId' | 'serviceDate' | 'attendedMinutes' | 'creditedMinutes' | 'origin'
>;

const checkServiceDate = (
  serviceDate: string,
  { startsOn, endsOn }: Pick<Activity, 'startsOn' | 'endsOn'>,
  today: string,
  pointer: Pointer,
): void => {
  if (serviceDate > today)
    throw new Rejection('service-date-in-future', { serviceDate, today }, pointer);
  if (serviceDate < startsOn || serviceDate > endsOn)
    throw new Rejection('service-date-outside-activity', { startsOn, endsOn }, pointer);
};

/** A cancelled activity has no hours. @throws Rejection `activity-not-open` */
export const checkTakesPlace = ({ status }: Pick<Activity, 'status'>, pointer?: Pointer): void => {
  if (status === 'cancelled') throw new Rejection('activity-not-open', { status }, pointer);
};

const checkStatus = (hours: Hours, action: string, ...from: Hours['status'][]): void => {
  if (!from.includes(hours.status))
    throw new Rejection('illegal-transition', { status: hours.status, action });
};

/**
 * @param today the local date of the command
 * @param at pointer to the entry in the request's body: `#/` or `#/entries/3/`
 * @throws Rejection `activity-not-open`, `volunteer-not-active`, `service-date-in-future`,
 * `service-date-outside-activity`
 */
export const log = (
  entry: HoursEntry,
  {
    activity,
    volunteer,
    actorId,
    today,
    at,
  }: { activity: Activity; volunteer: Volunteer; actorId: string; today: string; at: Pointer },
): Fact<'HoursLogged'> => {
  checkTakesPlace(activity, `${at}activityId`);
  checkActive(volunteer, `${at}volunteerId`);
  checkServiceDate(entry.serviceDate, activity, today, `${at}serviceDate`);
  return {
    type: 'HoursLogged',
    data: {
      hours: {
        ...entry,
        organisationId: activity.organisationId,
        areaId: activity.areaId,
        theme: activity.theme,
        tags: volunteer.tags,
        status: 'pending',
        enteredBy: [actorId],
        verifiedBy: null,
        objected: false,
      },
    },
  };
};

/**
 * Verifies a pending entry, or a verified one that the volunteer objects to: the answer to an
 * objection that was wrong.
 * @throws Rejection `illegal-transition`
 */
export const verify = (hours: Hours, actorId: string): Fact<'HoursVerified'> => {
  checkStatus(hours, 'verify', 'pending', ...(hours.objected ? (['verified'] as const) : []));
  return {
    type: 'HoursVerified',
    data: { hours: { ...hours, status: 'verified', verifiedBy: actorId, objected: false } },
  };
};

/** @throws Rejection `illegal-transition` when it is voided, or an objection is open */
export const object = (hours: Hours, reason: string): Fact<'HoursObjected'> => {
  checkStatus(hours, 'object', 'pending', 'verified', 'rejected');
  if (hours.objected)
    throw new Rejection('illegal-transition', { status: 'objected', action: 'object' });
  return { type: 'HoursObjected', data: { hours: { ...hours, objected: true }, reason } };
};

/** @throws Rejection `illegal-transition` unless it is pending */
export const reject = (hours: Hours, reason: string): Fact<'HoursRejected'> => {
  checkStatus(hours, 'reject', 'pending');
  return {
    type: 'HoursRejected',
    data: { hours: { ...hours, status: 'rejected', objected: false }, reason },
  };
};

/**
 * Replaces figures. The actor has then entered them too, and somebody else must verify them again.
 * The old figures stay in the event. Null when nothing changes.
 * @throws Rejection `illegal-transition` when voided, `invalid-value` when more is credited than
 * attended, or what `log` throws about the service date
 */
export const correct = (
  hours: Hours,
  changes: Partial<Pick<Hours, 'serviceDate' | 'attendedMinutes' | 'creditedMinutes'>>,
  {
    activity,
    actorId,
    today,
    reason,
  }: {
    activity: Pick<Activity, 'startsOn' | 'endsOn'>;
    actorId: string;
    today: string;
    reason: string;
  },
): Fact<'HoursCorrected'> | null => {
  checkStatus(hours, 'correct', 'pending', 'verified', 'rejected');
  const { serviceDate, attendedMinutes, creditedMinutes } = hours;
  const previous = { serviceDate, attendedMinutes, creditedMinutes };
  const next = { ...previous, ...changes };
  if (next.creditedMinutes > next.attendedMinutes)
    throw new Rejection(
      'invalid-value',
      {
        zh: `计入时长 ${next.creditedMinutes} 分钟不得超过参与时长 ${next.attendedMinutes} 分钟。`,
        en: `${next.creditedMinutes} credited minutes are more than the ${next.attendedMinutes} attended.`,
      },
      '#/creditedMinutes',
    );
  // An unchanged date is not checked again, because the activity may have been postponed since.
  if (next.serviceDate !== serviceDate)
    checkServiceDate(next.serviceDate, activity, today, '#/serviceDate');
  const same =
    next.serviceDate === serviceDate &&
    next.attendedMinutes === attendedMinutes &&
    next.creditedMinutes === creditedMinutes;
  if (same) return null;
  return {
    type: 'HoursCorrected',
    data: {
      hours: {
        ...hours,
        ...next,
        status: 'pending',
        enteredBy: [...new Set([...hours.enteredBy, actorId])],
        verifiedBy: null,
        objected: false,
      },
      previous,
      reason,
    },
  };
};

/** Strikes the entry out; the row and the reason stay. @throws Rejection `illegal-transition` */
export const voidEntry = (hours: Hours, reason: string): Fact<'HoursVoided'> => {
  checkStatus(hours, 'void', 'pending', 'verified', 'rejected');
  return {
    type: 'HoursVoided',
    data: { hours: { ...hours, status: 'voided', objected: false }, reason },
  };
};

/**
 * Moves the entry to another record of the same person. Nothing else changes. Null when it is there
 * already.
 */
export const reassign = (hours: Hours, volunteerId: string): Fact<'HoursReassigned'> | null =>
  hours.volunteerId === volunteerId
    ? null
    : {
        type: 'HoursReassigned',
        data: { hours: { ...hours, volunteerId }, previousVolunteerId: hours.volunteerId },
      };
