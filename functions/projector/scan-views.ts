import type { ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { allOf } from '../runtime/batches.ts';
import { scanItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';

/** The number of parts in which the Views are read in parallel. */
const parts = 8;

/** Reads all items of the Views that match the filter, consistently. For maintenance only. */
export const scanViews = async (
  filter: Pick<ScanCommandInput, 'FilterExpression' | 'ExpressionAttributeValues'>,
  take: (item: Readonly<Record<string, unknown>>) => void,
): Promise<void> => {
  const whole = { TableName: viewsTable(), TotalSegments: parts, ConsistentRead: true };
  await allOf(
    Array.from({ length: parts }, (_, part) =>
      scanItems({ ...filter, ...whole, Segment: part }, take),
    ),
  );
};
