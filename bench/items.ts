// Writes items by BatchWriteItem, the fastest way, which has no conditions.
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../events/catalogue.ts';
import { chunksOf, inParallel } from './statistics.ts';

type Item = Readonly<Record<string, unknown>>;

/** The limit of BatchWriteItem. */
const batchSize = 25;
const width = 4;

export const writeItems = (
  client: DynamoDBDocumentClient,
  table: string,
  items: Iterable<Item>,
): Promise<void> =>
  inParallel(chunksOf(items, batchSize), width, async (batch) => {
    let requests: Record<string, unknown>[] = batch.map((Item) => ({ PutRequest: { Item } }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems?.[table] ?? []) as Record<string, unknown>[];
    }
  });

/** An event as a row of the Ledger. */
export const rowOf = ({ aggregate, ...event }: DomainEvent): Item => ({
  pk: `${aggregate.type}#${aggregate.id}`,
  version: aggregate.version,
  event,
  command: { key: 'a'.repeat(22), hash: 'b'.repeat(22) },
});
