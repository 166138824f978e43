import type { Entry } from '../../events/participation.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { onceEach } from '../runtime/once.ts';
import type { OtherEntry } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';

/** The records of one person: the given one and those that merges connect it with. */
export const recordsOf = (
  id: string,
  { mergedInto, mergedFrom }: Pick<Volunteer, 'mergedInto' | 'mergedFrom'>,
): readonly string[] => [
  ...new Set([
    id,
    ...(mergedInto === null ? [] : [mergedInto]),
    ...mergedFrom.map((each) => each.id),
  ]),
];

/** `recordsOf` an id; the record may have been read a moment ago. */
export const readRecords = async (id: string): Promise<readonly string[]> => {
  const volunteer = await aggregate('volunteer').stateNow(id, false);
  return volunteer ? recordsOf(id, volunteer) : [id];
};

/**
 * Finds a person's other entries of a day: pending or verified, on other sheets. The person's year in
 * the Views says which sheets there are, and may be a moment late; what the sheets say is read from
 * the Ledger. An entry of the same second is not found: the projector flags the day then.
 */
export const createDays = () => {
  const sheetOf = onceEach((id) => aggregate('sheet').stateNow(id));
  return async (
    records: readonly string[],
    date: string,
    { notOn, notOf }: { readonly notOn: string; readonly notOf: string },
  ): Promise<readonly OtherEntry[]> => {
    const known = await entriesOfPerson(records, date.slice(0, 4));
    const others = known.filter(
      ({ serviceDate, sheetId, volunteerId }) =>
        serviceDate === date && (sheetId !== notOn || volunteerId !== notOf),
    );
    const found = await Promise.all(
      others.map(async ({ sheetId, volunteerId }) => {
        const entry = (await sheetOf(sheetId))?.entries.get(volunteerId);
        return entry && counts(entry) ? [otherEntry(sheetId, entry)] : [];
      }),
    );
    return found.flat();
  };
};

const otherEntry = (sheetId: string, { attendedMinutes, creditedMinutes }: Entry): OtherEntry => ({
  sheetId,
  attendedMinutes,
  creditedMinutes,
});
