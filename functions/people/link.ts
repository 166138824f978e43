import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import type { RecordKey } from './envelope.ts';

/** Which record is of a token's person; `selfIdOf` is what a token's link is found by. */
const linkKey = (selfId: string): RecordKey => ({ pk: `self#${selfId}`, sk: 'link' });

/**
 * The link from a token to the record its person registered or confirmed, to be made together with
 * that. A person has one record, so it takes the place of the link that was found, and no other.
 * @param found what `linkedRecord` said when it was made sure that the person has no record
 */
export const linkPut = (
  selfId: string,
  volunteerId: string,
  found: string | undefined,
): AlsoWrite => ({
  Put: {
    TableName: peopleTable(),
    Item: { ...linkKey(selfId), volunteerId },
    ...(found === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'volunteerId = :found',
          ExpressionAttributeValues: { ':found': found },
        }),
  },
});

/** Takes a token's link away if it leads to one of the records that are erased. */
export const unlink = async (
  selfId: string,
  erased: readonly string[],
): Promise<readonly AlsoWrite[]> => {
  const found = await linkedRecord(selfId);
  if (found === undefined || !erased.includes(found)) return [];
  return [
    {
      Delete: {
        TableName: peopleTable(),
        Key: linkKey(selfId),
        ConditionExpression: 'volunteerId = :found',
        ExpressionAttributeValues: { ':found': found },
      },
    },
  ];
};

/** The record a token is linked to, or undefined. */
export const linkedRecord = async (selfId: string): Promise<string | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: linkKey(selfId), ConsistentRead: true }),
  );
  return Item?.volunteerId as string | undefined;
};
