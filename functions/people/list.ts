import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import { personKey } from './people.ts';

/** A cursor is the rest of a sort key, so it cannot lead outside the person and the prefix. */
const read = (cursor: string, prefix: string): string => {
  const rest = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[\x21-\x7e]{1,300}$/.test(rest)) throw new Problem('invalid-cursor');
  return `${prefix}${rest}`;
};

/**
 * One page of a person's items in the People table, newest first: notices, or readings of data.
 * @throws Problem `invalid-cursor`
 */
export const listOfPerson = async <Item>(
  volunteerId: string,
  prefix: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly items: Item[]; readonly next: string | null }> => {
  const { pk } = personKey(volunteerId);
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: peopleTable(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ScanIndexForward: false,
      Limit: limit,
      ...(cursor ? { ExclusiveStartKey: { pk, sk: read(cursor, prefix) } } : {}),
    }),
  );
  const last = LastEvaluatedKey?.sk as string | undefined;
  return {
    items: Items as Item[],
    next: last ? Buffer.from(last.slice(prefix.length)).toString('base64url') : null,
  };
};
