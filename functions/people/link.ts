import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import type { RecordKey } from './envelope.ts';

/** The key of the link from a token to its person's record. It contains the token's `selfIdOf`. */
const linkKey = (selfId: string): RecordKey => ({ pk: `self#${selfId}`, sk: 'link' });

/**
 * Puts the link from a token to the record its person registered or confirmed, in the same
 * transaction. A person has one record, so the put replaces only the link that was found.
 * @param found the result of `linkedRecord` when it was checked that the person has no record
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

/**
 * What becomes of a token's link that leads to one of these records when they are not its person's any
 * more: it leads to the record that is, or goes if there is none.
 */
export const linkAfterwards = async (
  selfId: string,
  former: readonly string[],
  now: string | undefined,
): Promise<readonly AlsoWrite[]> => {
  const found = await linkedRecord(selfId);
  if (found === undefined || !former.includes(found)) return [];
  if (now !== undefined) return [linkPut(selfId, now, found)];
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
