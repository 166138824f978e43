import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { personKey } from '../shared/people/people.ts';
import { peopleTable } from '../shared/settings.ts';

const batch = 25;

/** Clears away what lies under an erased person: notices, approvals, the log of who read. */
export const clearPerson = async (volunteerId: string): Promise<void> => {
  const { pk } = personKey(volunteerId);
  for (;;) {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: peopleTable(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: 'pk, sk',
        Limit: batch,
      }),
    );
    if (Items.length === 0) return;
    await dynamodb.send(
      new BatchWriteCommand({
        RequestItems: {
          [peopleTable()]: Items.map((Key) => ({ DeleteRequest: { Key } })),
        },
      }),
    );
  }
};
