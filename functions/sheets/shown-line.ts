import { localDate } from '../../events/envelope.ts';
import { entry, place } from '../../events/participation.ts';

/** Where a sheet belongs, as it was when its first people were entered. */
export const shownPlace = place.omit({ areasAbove: true }).shape;

/** A line of a sheet where it stands apart from it: without those who entered and verified it. */
export const shownLine = {
  ...shownPlace,
  ...entry.pick({
    volunteerId: true,
    onDuty: true,
    attendedMinutes: true,
    creditedMinutes: true,
    origin: true,
    status: true,
    flags: true,
  }).shape,
  /** Since when the volunteer objects; null when they do not, or were answered. */
  objectedOn: localDate.nullable(),
};
