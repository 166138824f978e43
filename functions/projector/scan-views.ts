import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../figures/items.ts';
import { allOf } from '../runtime/all-of.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';

/** The Views are read in parts side by side. */
const parts = 8;

/** Reads all items of the Views that the filter lets through, consistently. For maintenance only. */
export const scanViews = async (
  filter: Pick<ScanCommandInput, 'FilterExpression' | 'ExpressionAttributeValues'>,
  take: (item: Item) => void,
): Promise<void> => {
  await allOf(
    Array.from({ length: parts }, async (_, part) => {
      let from: Item | undefined;
      do {
        const page = await dynamodb.send(
          new ScanCommand({
            ...filter,
            TableName: viewsTable(),
            Segment: part,
            TotalSegments: parts,
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        for (const item of page.Items ?? []) take(item);
        from = page.LastEvaluatedKey;
      } while (from);
    }),
  );
};
