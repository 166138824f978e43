import type { Item } from './expressions.ts';
import { createReads } from './memory-reads.ts';
import { createTables, type Staleness } from './memory-table.ts';
import { createWrites } from './memory-writes.ts';
import type { Key, Sent, TableSchema } from './store-shapes.ts';

/** Parameters that the model implements or may ignore. Any other is refused. */
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
 * A model of the DynamoDB operations that our code uses. Each call is one atomic step; unknown operations
 * are refused. `memory-store.engine.test.ts` compares it with DynamoDB Local.
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
    /** Executes an operation, or throws as the SDK would. */
    execute,
    /** Executes a read of items as they were some steps ago; `staleness` tells how many for each item. */
    executeStale: (sent: Sent, staleness: Staleness, oldest: number): object =>
      tables.asBefore(staleness, oldest, () => execute(sent)),
    /** All items of a table, in the order in which their partitions were created. */
    all: tables.all,
  };
};
export type Store = ReturnType<typeof createStore>;
