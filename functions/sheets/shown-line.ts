import * as z from 'zod';
import { localDate } from '../../events/envelope.ts';
import { entry, entryFlags, place } from '../../events/participation.ts';
import type { DayFlag } from './day-rules.ts';

/** Where a sheet belongs, as it was when its first people were entered. */
export const shownPlace = place.omit({ areasAbove: true }).shape;

/**
 * The flags of a line as readers see them: its own, and that of its person's day where the entries of
 * the day do not say it.
 */
export const shownFlags = [
  ...entryFlags,
  /** More than 24 hours on this day: commands of the same moment let it slip. */
  'overfull-day' satisfies DayFlag,
  /** Two lines of this person's day are of one activity: they were entered under records since merged. */
  'entered-twice' satisfies DayFlag,
] as const;
export const shownFlag = z.enum(shownFlags).meta({
  id: 'LineFlag',
  description:
    'A flag of an entry; and `overfull-day`, more than 24 hours on the day, or `entered-twice`, two lines of the day for one activity.',
});
export type ShownFlag = (typeof shownFlags)[number];

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
  }).shape,
  flags: z.array(shownFlag),
  objectedOn: localDate
    .nullable()
    .describe('Since when the volunteer objects; null when they do not, or were answered.'),
};
