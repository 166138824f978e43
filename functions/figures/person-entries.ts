import { queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration, liveGeneration } from '../views/generations.ts';
import { dateOfSheet, personYearKey } from './layout.ts';
import { type KeptEntry, personYearOf } from './person-year.ts';

/** A person's entry with what its sheet's id says. */
export interface PersonEntry extends KeptEntry {
  readonly sheetId: string;
  readonly activityId: string;
  readonly serviceDate: string;
  /** The record under which it was entered. */
  readonly volunteerId: string;
}

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
        const { entries } = personYearOf({ pk, sk: String(item.sk) }, item);
        return [...entries].map(([sheetId, kept]) => ({
          ...kept,
          sheetId,
          activityId: sheetId.split('~')[0] ?? '',
          serviceDate: dateOfSheet(sheetId),
          volunteerId,
        }));
      });
    }),
  );
  const order = ({ serviceDate, sheetId, volunteerId }: PersonEntry): string =>
    [serviceDate, sheetId, volunteerId].join('|');
  return ofEach.flat().sort((a, b) => (order(a) < order(b) ? 1 : -1));
};
