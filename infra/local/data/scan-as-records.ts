import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  ScanCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';

/** A table's items, in pages, as the stream records of their insertion. A partition keeps its order. */
export async function* scanAsRecords(
  client: DynamoDBClient,
  { TableName, KeySchema = [] }: TableDescription,
  Limit: number,
): AsyncGenerator<readonly _Record[]> {
  const toRecord = (item: Record<string, AttributeValue>, index: number): _Record => {
    const keys = KeySchema.map(({ AttributeName = '' }) => [AttributeName, item[AttributeName]]);
    return {
      eventID: randomUUID(),
      eventName: 'INSERT',
      dynamodb: {
        ApproximateCreationDateTime: new Date(),
        Keys: Object.fromEntries(keys),
        NewImage: item as NonNullable<_Record['dynamodb']>['NewImage'],
        SequenceNumber: String(index + 1),
        StreamViewType: 'NEW_IMAGE',
      },
    };
  };
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, Limit, ConsistentRead: true, ExclusiveStartKey }),
    );
    if (page.Items) yield page.Items.map(toRecord);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
