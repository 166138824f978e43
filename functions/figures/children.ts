import type { Entry, Place } from '../../events/participation.ts';
import type { Sums } from '../../events/sheet-sums.ts';
import { dayNumber, yearOf } from '../runtime/calendar.ts';
import type { ActivityFigures } from '../views/projection.ts';
import type { Child } from './documents.ts';
import type { Measures } from './packing.ts';
import type { KeptEntry } from './person-year.ts';

/**
 * What a sheet's sums say, without zeros: a sum of 0 is no line. `waitingSince` is the sum of the numbers
 * of the days, in their year, on which those who wait have served: so it is known how long they wait.
 */
export const sheetMeasures = (
  { serviceDate }: Pick<Place, 'serviceDate'>,
  sums: Sums,
): Measures => {
  const day = dayNumber(serviceDate, yearOf(serviceDate));
  const all = { ...sums, waitingSince: sums.waiting * day };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0));
};

/** A sheet's child in its month's document. Its place never changes. */
export const sheetChild = (version: number, place: Place, sums: Sums): Child => {
  const { theme, organisationId, teamId } = place;
  return { version, theme, organisationId, teamId, measures: sheetMeasures(place, sums) };
};

/** Whether anybody's time on the sheet is verified, on duty or not: then its activity was held. */
export const anybodyOn = ({ measures }: Pick<Child, 'measures'>): boolean =>
  (measures.participations ?? 0) + (measures.onDutyParticipations ?? 0) > 0;

/** What an activity counts for where it is. An output of 0 was reported, and stays. */
export const activityMeasures = (
  { counts, verified, measures }: Pick<ActivityFigures, 'counts' | 'verified' | 'measures'>,
  anybody: boolean,
): Measures => {
  if (!counts) return {};
  return {
    activitiesPublished: 1,
    ...(verified && anybody ? { activitiesHeld: 1 } : {}),
    ...(verified ? measures : {}),
  };
};

/** An entry as its person's year keeps it, after the sheet's event of this version. */
export const keptEntry = (version: number, place: Place, entry: Entry): KeptEntry => ({
  version,
  areaId: place.areaId,
  areasAbove: place.areasAbove,
  theme: place.theme,
  organisationId: place.organisationId,
  teamId: place.teamId,
  onDuty: entry.onDuty,
  attendedMinutes: entry.attendedMinutes,
  creditedMinutes: entry.creditedMinutes,
  origin: entry.origin,
  status: entry.status,
  objectedOn: entry.objection?.on ?? null,
  flags: entry.flags,
});
