import { emptySheet, type Place, type Sheet } from '../../events/participation.ts';
import { areasAbove } from '../access/areas.ts';
import { aggregate, type Reading, type Versioned } from '../ledger/aggregate.ts';
import { Problem } from '../refusals/problem.ts';
import { yearOf } from '../runtime/calendar.ts';
import { sheetIdOf } from '../sheets/claims.ts';
import { enter, hasRoom } from './decider.ts';

/**
 * Rolls of one activity and day fill at most so many sheets: the last one begins in a transaction with an
 * event on each of the others, its claim, the check of the activity, and what its request writes.
 */
const maxNumber = 97;

export interface SheetOfDay extends Versioned<Sheet> {
  readonly id: string;
  readonly reading: Reading<Sheet>;
}

/** Where a sheet counts, but for the areas above, which it gets when it begins. */
export type Where = Omit<Place, 'areasAbove'>;

/** The place of a sheet that begins: with the areas above in the year of its service day. */
const placeOf = async (where: Where): Promise<Place> => ({
  ...where,
  areasAbove: [...(await areasAbove(where.areaId, Number(yearOf(where.serviceDate))))],
});

/**
 * The sheets of an activity's day, and the next one that there is not, if there may be one. Their numbers
 * have no gaps, so the first that is missing ends them.
 */
const sheetsOfDay = async ({ activityId, serviceDate: date }: Where) => {
  const sheets: SheetOfDay[] = [];
  for (let number = 1; number <= maxNumber; number += 1) {
    const id = sheetIdOf(activityId, { date, number });
    const reading = await aggregate('sheet').read(id);
    if (!reading.now) return { sheets, next: { id, number, reading } };
    sheets.push({ id, reading, ...reading.now });
  }
  return { sheets, next: undefined };
};

/** Whether two sheets count in the same place. */
export const isSamePlace = (a: Where, b: Where): boolean =>
  a.organisationId === b.organisationId &&
  a.teamId === b.teamId &&
  a.areaId === b.areaId &&
  a.theme === b.theme;

/** The sheet of a day on which people are entered, and the other sheets of that day. */
export interface ChosenSheet {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly sheet: Sheet;
  readonly reading: Reading<Sheet>;
  readonly others: readonly SheetOfDay[];
}

/**
 * The first sheet of the place with room for so many people, or a new one.
 * @throws Problem `conflict` when none has room, and the day has as many as there may be
 */
export const chooseSheet = async (where: Where, people: number): Promise<ChosenSheet> => {
  const { sheets, next } = await sheetsOfDay(where);
  const at = sheets.findIndex(
    ({ state }) => isSamePlace(state.place, where) && hasRoom(state, people),
  );
  const found = sheets[at];
  const others = sheets.filter((each) => each !== found);
  if (found) {
    const { id, version, state: sheet, reading } = found;
    return { id, number: at + 1, version, sheet, reading, others };
  }
  if (!next) throw new Problem('conflict');
  return { ...next, version: 0, sheet: emptySheet(await placeOf(where)), others };
};

/** Who has a line that is not struck out on any of these sheets: by record, the sheet's id. */
export const standingOn = (
  sheets: readonly { readonly id: string; readonly state: Sheet }[],
): Map<string, string> =>
  new Map(
    sheets.flatMap(({ id, state }) =>
      [...state.entries.values()].flatMap(({ volunteerId, status }) =>
        status === 'voided' ? [] : [[volunteerId, id] as const],
      ),
    ),
  );

/**
 * An event of nobody on a sheet, beside the first one of another sheet of its day: whoever is entering
 * people here at the same time looks at all sheets of the day again.
 */
export const withoutEntries = ({ id, version, state }: SheetOfDay) => ({
  type: 'sheet' as const,
  id,
  version,
  fact: enter(state, []),
});
