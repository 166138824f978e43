import type { Item } from './expressions.ts';
import { createReads } from './memory-reads.ts';
import { createTables, type Staleness } from './memory-table.ts';
import { createWrites } from './memory-writes.ts';
import type { Key, Sent, TableSchema } from './store-shapes.ts';

/** Parameters the model minds, or may ignore; any other is refused. */
const allowed = new Set([
  ...['TableName', 'Item', 'Key', 'UpdateExpression', 'ConditionExpression', 'FilterExpression'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'IndexName', 'Limit'],
  ...['KeyConditionExpression', 'ScanIndexForward', 'ConsistentRead', 'ExclusiveStartKey'],
  ...['RequestItems', 'TransactItems', 'Segment', 'TotalSegments', 'ProjectionExpression'],
  ...['ReturnValues', 'Select'],
]);

const refuseUnknown = (input: object): void => {
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !allowed.has(name))
      throw new Error(`the model does not know the parameter ${name}`);
};

/**
 * A model of the DynamoDB operations our code uses: one call is one step, all or nothing. What it
 * does not know it refuses. `memory-store.engine.test.ts` holds it against DynamoDB Local.
 */
export const createStore = (
  schemas: Readonly<Record<string, TableSchema>>,
  onWrite: (table: string, item: Item, isNew: boolean) => void = () => {},
  now: () => number = () => 0,
) => {
  const tables = createTables(schemas, onWrite, now);
  const reads = createReads(tables);
  const writes = createWrites(tables, refuseUnknown);
  const operations: Readonly<Record<string, (input: never) => object>> = {
    Put: writes.one('Put'),
    Update: writes.one('Update'),
    Delete: writes.one('Delete'),
    Get: ({ TableName, Key }: { TableName: string; Key: Key }) => {
      const Item = tables.get(TableName, Key);
      return Item ? { Item } : {};
    },
    Query: reads.query,
    Scan: reads.scan,
    BatchGet: reads.batchGet,
    BatchWrite: writes.batch,
    TransactWrite: writes.transact,
  };
  const execute = ({ name, input }: Sent): object => {
    const operation = operations[name];
    if (!operation) throw new Error(`the model does not know ${name}`);
    refuseUnknown(input);
    return operation(input as never);
  };
  return {
    /** Does one operation, or throws as the SDK would. */
    execute,
    /** A read of items as they were some steps ago, each as long as `staleness` says. */
    executeStale: (sent: Sent, staleness: Staleness, oldest: number): object =>
      tables.asBefore(staleness, oldest, () => execute(sent)),
    /** All items of a table, in the order their partitions came. */
    all: tables.all,
  };
};
export type Store = ReturnType<typeof createStore>;
