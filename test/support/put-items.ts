import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { chunksOf } from '../../functions/runtime/batches.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';

/** Puts items straight into the Views. */
export const putItems = async (
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const table = String(process.env.VIEWS_TABLE);
  for (const chunk of chunksOf(items, 25)) {
    const requests = chunk.map((Item) => ({ PutRequest: { Item } }));
    await dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
};
