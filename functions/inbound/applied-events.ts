import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** The mark of an applied event, by its keyed hash. It stays for good and says nothing of the event. */
const markOf = (partnerId: string, key: string) => ({
  pk: `inbound#${partnerId}`,
  sk: `event#${key}`,
});

/**
 * The write that marks an event, in one transaction with what it leads to. It fails for an event that is
 * marked, wherever that was applied: on another sheet, or as something else.
 */
export const markPut = (partnerId: string, key: string): AlsoWrite => ({
  Put: {
    TableName: peopleTable(),
    Item: markOf(partnerId, key),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export const isMarked = async (partnerId: string, key: string): Promise<boolean> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: peopleTable(),
      Key: markOf(partnerId, key),
      ConsistentRead: true,
    }),
  );
  return Item !== undefined;
};
