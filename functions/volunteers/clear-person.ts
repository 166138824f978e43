import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { personKey } from '../people/people.ts';
import { accessPrefix } from '../people/personal-access.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** BatchWriteItem takes no more. */
const batch = 25;

/**
 * Clears away what lies under an erased person: notices and approvals. The notice that they were
 * erased stays, for as long as notices do, and so does the log of who read what: it names staff,
 * and answers for what was done before. What is left over now is done when the event comes again.
 * What is written under the person meanwhile, `putUnderPerson` takes away.
 * @throws Error when the table was too busy to take all of it
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
    // A filter may not look at a key.
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
