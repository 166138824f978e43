import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { personKey } from '../people/people.ts';
import { accessPrefix } from '../people/personal-access.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** BatchWriteItem takes at most 25 requests. */
const batch = 25;

/**
 * Deletes an erased person's notices and approvals. The notice of the erasure stays for as long as
 * notices are kept. So does the access log, which names staff and records acts before the erasure.
 * Items that remain after an error are deleted when the event is delivered again. `putUnderPerson`
 * deletes items that are written at the same time.
 * @throws Error when the table was too busy to delete all items
 */
export const clearPerson = async (volunteerId: string): Promise<void> => {
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: peopleTable(),
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'attribute_not_exists(kind) OR kind <> :erased',
        ExpressionAttributeValues: { ':pk': personKey(volunteerId).pk, ':erased': 'erased' },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
        Limit: batch,
        ExclusiveStartKey: from,
      }),
    );
    // A filter expression cannot use a key.
    const cleared = Items.filter(({ sk }) => !String(sk).startsWith(accessPrefix));
    if (cleared.length > 0) {
      const { UnprocessedItems } = await dynamodb.send(
        new BatchWriteCommand({
          RequestItems: { [peopleTable()]: cleared.map((Key) => ({ DeleteRequest: { Key } })) },
        }),
      );
      if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('some items are left');
    }
    from = LastEvaluatedKey;
  } while (from);
};
