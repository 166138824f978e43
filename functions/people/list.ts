import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import { personKey } from './people.ts';

/**
 * One page of a person's items in the People table, newest first: notices, or readings of data.
 * @param after `last` of the page before: the rest of a sort key after the prefix, so that it leads nowhere
 * outside the list
 * @returns `last` is null at the end of the list
 */
export const listOfPerson = async <Item>(
  volunteerId: string,
  prefix: string,
  limit: number,
  after: string | undefined,
): Promise<{ readonly items: Item[]; readonly last: string | null }> => {
  const { pk } = personKey(volunteerId);
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: peopleTable(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: `${prefix}${after}` } }),
    }),
  );
  const last = LastEvaluatedKey?.sk as string | undefined;
  return { items: Items as Item[], last: last?.slice(prefix.length) ?? null };
};
