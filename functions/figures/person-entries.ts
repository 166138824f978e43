import { queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import type { DayFlag } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';
import type { ShownFlag } from '../sheets/shown-line.ts';
import { inGeneration, liveGeneration } from '../views/generations.ts';
import { listItems } from '../views/views.ts';
import { activityOfSheet, dateOfSheet, personYearKey } from './layout.ts';
import { flaggedYears, type KeptEntry, type PersonYear, personYearOf } from './person-year.ts';

/** A person's entry with what its sheet's id says. */
export interface PersonEntry extends Omit<KeptEntry, 'flags'> {
  readonly sheetId: string;
  readonly activityId: string;
  readonly serviceDate: string;
  /** The record under which it was entered. */
  readonly volunteerId: string;
  /** Its own, and that of the person's day. */
  readonly flags: ShownFlag[];
}

/** An entry's place among those of its person. */
export const placeOf = ({
  serviceDate,
  sheetId,
  volunteerId,
}: Pick<PersonEntry, 'serviceDate' | 'sheetId' | 'volunteerId'>): string =>
  [serviceDate, sheetId, volunteerId].join('|');

/** The flags of a line with that of its person's day. */
export const withDayFlag = (
  flags: readonly ShownFlag[],
  ofDay: DayFlag | undefined,
): ShownFlag[] => [...new Set([...flags, ...(ofDay ? [ofDay] : [])])];

/** The flag of the day of an entry, if the entry counts and the day is flagged. */
const flagOfDay = (
  { flaggedDays }: PersonYear,
  sheetId: string,
  entry: KeptEntry,
): DayFlag | undefined => (counts(entry) ? flaggedDays.get(dateOfSheet(sheetId)) : undefined);

/** Years with flagged days that are read: far more than slip through before somebody looks at them. */
const maxFlaggedYears = 500;

/**
 * The flags of days that the entries of a year do not say themselves, by `<sheet>|<volunteer>`. One
 * query while there are few of them; the newest of `maxFlaggedYears` at most.
 */
export const dayFlagsIn = async (year: string): Promise<ReadonlyMap<string, DayFlag>> => {
  const { items } = await listItems({
    index: 'flags',
    partition: flaggedYears,
    prefix: `${year}-`,
    descending: true,
    limit: maxFlaggedYears,
  });
  return new Map(
    items.flatMap((item) => {
      const year = personYearOf({ pk: item.pk, sk: item.sk }, item);
      const volunteerId = item.pk.slice(item.pk.lastIndexOf('#') + 1);
      return [...year.entries].flatMap(([sheetId, entry]) => {
        const flag = flagOfDay(year, sheetId, entry);
        return flag ? [[`${sheetId}|${volunteerId}`, flag] as const] : [];
      });
    }),
  );
};

/**
 * All entries of a person in the Views, newest service day first. One query for each record: a
 * person's year is one item, so ten years are read at once.
 *
 * @param volunteerIds the person's record and those merged into it
 * @param year reads only this year
 */
export const entriesOfPerson = async (
  volunteerIds: readonly string[],
  year?: string,
): Promise<readonly PersonEntry[]> => {
  const generation = await liveGeneration();
  const ofEach = await Promise.all(
    volunteerIds.map(async (volunteerId) => {
      const { pk } = personYearKey(volunteerId, '');
      const items = await queryItems({
        TableName: viewsTable(),
        KeyConditionExpression: year === undefined ? 'pk = :pk' : 'pk = :pk AND sk = :year',
        ExpressionAttributeValues: {
          ':pk': inGeneration(generation, pk),
          ...(year === undefined ? {} : { ':year': year }),
        },
      });
      return items.flatMap((item) => {
        const year = personYearOf({ pk, sk: String(item.sk) }, item);
        return [...year.entries].map(([sheetId, kept]) => ({
          ...kept,
          sheetId,
          activityId: activityOfSheet(sheetId),
          serviceDate: dateOfSheet(sheetId),
          volunteerId,
          flags: withDayFlag(kept.flags, flagOfDay(year, sheetId, kept)),
        }));
      });
    }),
  );
  return ofEach.flat().sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
};
