import { emptySheet, type Place, type Sheet } from '../../events/participation.ts';
import { aggregate, type Versioned } from '../ledger/aggregate.ts';
import { Problem } from '../refusals/problem.ts';
import { sheetIdOf } from '../sheets/claims.ts';
import { enter, hasRoom } from './decider.ts';

/** Rolls of one activity and day fill at most so many sheets. */
const maxNumber = 99;

export interface SheetOfDay extends Versioned<Sheet> {
  readonly id: string;
}

/** The sheets of an activity's day. Their numbers have no gaps, so the first that is missing ends them. */
const sheetsOfDay = async (activityId: string, date: string): Promise<readonly SheetOfDay[]> => {
  const sheets: SheetOfDay[] = [];
  for (let number = 1; number <= maxNumber; number += 1) {
    const id = sheetIdOf(activityId, { date, number });
    const found = await aggregate('sheet').find(id);
    if (!found) break;
    sheets.push({ id, ...found });
  }
  return sheets;
};

/** Whether two sheets count in the same place. */
export const isSamePlace = (a: Place, b: Place): boolean =>
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
  readonly others: readonly SheetOfDay[];
}

/**
 * The first sheet of the place with room for so many people, or a new one.
 * @throws Problem `conflict` when a day has 99 sheets
 */
export const chooseSheet = async (place: Place, people: number): Promise<ChosenSheet> => {
  const { activityId, serviceDate: date } = place;
  const sheets = await sheetsOfDay(activityId, date);
  const at = sheets.findIndex(
    ({ state }) => isSamePlace(state.place, place) && hasRoom(state, people),
  );
  const number = (at < 0 ? sheets.length : at) + 1;
  if (number > maxNumber) throw new Problem('conflict');
  return {
    id: sheetIdOf(activityId, { date, number }),
    number,
    version: sheets[at]?.version ?? 0,
    sheet: sheets[at]?.state ?? emptySheet(place),
    others: sheets.filter((_, other) => other !== at),
  };
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
