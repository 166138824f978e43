import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { volunteerOf } from '../people/people.ts';
import { didWrite, dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import { changeInSweep } from './change-in-sweep.ts';
import { comeOfAge as decide } from './decider.ts';

/** A person's item in People, without its sealed fields. */
export interface Aging {
  readonly pk: string;
  readonly sk: string;
  readonly childUntil?: string;
  readonly minorUntil?: string;
}

/** Removes the months that have passed, unless the person was corrected since and has new ones. */
const forget = async (
  { pk, sk }: Aging,
  over: readonly (readonly [string, string])[],
): Promise<void> => {
  await didWrite(
    dynamodb.send(
      new UpdateCommand({
        TableName: peopleTable(),
        Key: { pk, sk },
        UpdateExpression: `REMOVE ${over.map(([name]) => name).join(', ')}`,
        ConditionExpression: over.map(([name]) => `${name} = :${name}`).join(' AND '),
        ExpressionAttributeValues: Object.fromEntries(
          over.map(([name, until]) => [`:${name}`, until]),
        ),
      }),
    ),
  );
};

/**
 * Changes the age group of a person who reached an age by this month. Opens no sealed field. The
 * event comes first: after an interruption the next night finds the person again and changes
 * nothing more.
 *
 * @param month `yyyy-mm`, by the district's clock
 * @param at epoch milliseconds
 */
export const comeOfAge = async (item: Aging, month: string, at: number): Promise<boolean> => {
  const over = Object.entries({ childUntil: item.childUntil, minorUntil: item.minorUntil }).filter(
    (each): each is [string, string] => each[1] !== undefined && each[1] <= month,
  );
  const ageGroup = over.some(([name]) => name === 'minorUntil') ? 'adult' : 'under-18';
  const happened = await changeInSweep(volunteerOf(item), at, (volunteer) =>
    decide(volunteer, ageGroup),
  );
  await forget(item, over);
  return happened;
};
