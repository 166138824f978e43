import { holds, type Item, type Placeholders, updated } from './expressions.ts';
import {
  awsError,
  cancelled,
  frozen,
  type Key,
  order,
  type Schema,
  type Sent,
  type TableSchema,
} from './store-shapes.ts';

/**
 * A model of the DynamoDB operations our code uses: one call is one step, all or nothing. What it
 * does not know it refuses. `memory-store.test.ts` holds it against DynamoDB Local.
 */

interface Write extends Placeholders {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Key;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
}
interface Query extends Placeholders {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** Parameters the model minds, or may ignore; any other is refused. */
const allowed = new Set([
  ...['TableName', 'Item', 'Key', 'UpdateExpression', 'ConditionExpression', 'FilterExpression'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'IndexName', 'Limit'],
  ...['KeyConditionExpression', 'ScanIndexForward', 'ConsistentRead', 'ExclusiveStartKey'],
  ...['RequestItems', 'TransactItems'],
]);

export const createStore = (
  schemas: Readonly<Record<string, TableSchema>>,
  onWrite: (table: string, item: Item, isNew: boolean) => void = () => {},
) => {
  const tables = new Map(
    Object.keys(schemas).map((name) => [name, new Map<unknown, Map<unknown, Item>>()]),
  );
  const schemaOf = (table: string): TableSchema => {
    const schema = schemas[table];
    if (!schema) throw awsError('ResourceNotFoundException');
    return schema;
  };
  const keyOf = (table: string, of: Item): readonly [unknown, unknown] => {
    const { partition, sort } = schemaOf(table);
    if (of[partition] === undefined || of[sort] === undefined)
      throw awsError('ValidationException');
    return [of[partition], of[sort]];
  };
  const get = (table: string, key: Item): Item | undefined => {
    const [partition, sort] = keyOf(table, key);
    return tables.get(table)?.get(partition)?.get(sort);
  };
  const put = (table: string, item: Item): void => {
    const [partition, sort] = keyOf(table, item);
    const rows = tables.get(table);
    const row = rows?.get(partition) ?? new Map<unknown, Item>();
    rows?.set(partition, row);
    const isNew = !row.has(sort);
    row.set(sort, item);
    onWrite(table, item, isNew);
  };
  const all = (table: string): readonly Item[] =>
    [...(tables.get(table)?.values() ?? [])].flatMap((rows) => [...rows.values()]);

  const checked = (write: Write): boolean =>
    holds(write.ConditionExpression, get(write.TableName, write.Item ?? write.Key ?? {}), write);
  const done = (write: Write): void => {
    const { TableName, Item, Key, UpdateExpression } = write;
    if (Item) put(TableName, frozen(Item));
    else if (Key && UpdateExpression)
      put(TableName, frozen(updated(UpdateExpression, get(TableName, Key) ?? Key, write)));
    else throw new Error('the model does not know this write');
  };

  const writeOne = (write: Write): object => {
    if (!checked(write)) throw awsError('ConditionalCheckFailedException');
    done(write);
    return {};
  };

  const transact = (actions: readonly Readonly<Record<string, Write>>[]): object => {
    if (actions.length === 0 || actions.length > 100) throw awsError('ValidationException');
    const writes = actions.map((action) => {
      const [[kind, write] = []] = Object.entries(action).filter(([, given]) => given);
      if (!write || !/^(Put|Update|ConditionCheck)$/.test(kind ?? ''))
        throw new Error(`the model does not know ${kind} in a transaction`);
      refuseUnknown(write);
      return { kind, write };
    });
    const ids = writes.map(({ write }) =>
      JSON.stringify([write.TableName, ...keyOf(write.TableName, write.Item ?? write.Key ?? {})]),
    );
    if (new Set(ids).size < ids.length) throw awsError('ValidationException');
    const codes = writes.map(({ write }) => (checked(write) ? 'None' : 'ConditionalCheckFailed'));
    if (codes.some((code) => code !== 'None')) throw cancelled(codes);
    for (const { kind, write } of writes) if (kind !== 'ConditionCheck') done(write);
    return {};
  };

  /** The items of the one partition that every key condition names first. */
  const partitionOf = (input: Query, { partition }: Schema): readonly Item[] => {
    const [, token = '', value = ''] =
      /^([\w#]+) = (:\w+)/.exec(input.KeyConditionExpression ?? '') ?? [];
    if ((input.ExpressionAttributeNames?.[token] ?? token) !== partition)
      throw awsError('ValidationException');
    const wanted = input.ExpressionAttributeValues?.[value];
    return input.IndexName === undefined
      ? [...(tables.get(input.TableName)?.get(wanted)?.values() ?? [])]
      : all(input.TableName).filter((item) => item[partition] === wanted);
  };

  const query = (input: Query): object => {
    const table = schemaOf(input.TableName);
    const index = input.IndexName === undefined ? table : table.indexes[input.IndexName];
    if (!index) throw awsError('ValidationException');
    const keys = [...new Set([index.partition, index.sort, table.partition, table.sort])];
    const forward = input.ScanIndexForward === false ? -1 : 1;
    // Keys are ASCII here, so that the order of strings is the order of their bytes.
    const compare = (a: Item, b: Item) =>
      forward * (order(a[index.sort], b[index.sort]) || order(a[table.sort], b[table.sort]));
    const start = input.ExclusiveStartKey;
    const found = partitionOf(input, index)
      .filter((item) => item[index.sort] !== undefined)
      .filter((item) => holds(input.KeyConditionExpression, item, input))
      .filter((item) => !start || compare(item, start) > 0)
      .sort(compare);
    const page = found.slice(0, input.Limit);
    const last = page.length === input.Limit ? page.at(-1) : undefined;
    return {
      Items: page.filter((item) => holds(input.FilterExpression, item, input)),
      ...(last
        ? { LastEvaluatedKey: Object.fromEntries(keys.map((key) => [key, last[key]])) }
        : {}),
    };
  };

  const scan = ({ TableName, ...more }: Query): object => {
    if (Object.values(more).some((value) => value !== undefined && typeof value !== 'boolean'))
      throw new Error('the model scans a whole table only');
    return { Items: all(TableName) };
  };

  const batchGet = (requests: Readonly<Record<string, { Keys: readonly Key[] }>>): object => {
    const keys = Object.entries(requests).flatMap(([table, { Keys }]) =>
      Keys.map((key) => JSON.stringify([table, ...keyOf(table, key)])),
    );
    if (keys.length === 0 || keys.length > 100 || new Set(keys).size < keys.length)
      throw awsError('ValidationException');
    return {
      Responses: Object.fromEntries(
        Object.entries(requests).map(([table, { Keys }]) => [
          table,
          Keys.flatMap((key) => get(table, key) ?? []),
        ]),
      ),
      UnprocessedKeys: {},
    };
  };

  const refuseUnknown = (input: object): void => {
    const strange = Object.entries(input).find(
      ([name, value]) => value !== undefined && !allowed.has(name),
    );
    if (strange) throw new Error(`the model does not know the parameter ${strange[0]}`);
  };

  const operations: Readonly<Record<string, (input: never) => object>> = {
    Put: writeOne,
    Update: writeOne,
    Get: ({ TableName, Key }: { TableName: string; Key: Key }) => {
      const Item = get(TableName, Key);
      return Item ? { Item } : {};
    },
    Query: query,
    Scan: scan,
    BatchGet: ({
      RequestItems,
    }: {
      RequestItems: Readonly<Record<string, { Keys: readonly Key[] }>>;
    }) => batchGet(RequestItems),
    TransactWrite: ({
      TransactItems,
    }: {
      TransactItems: readonly Readonly<Record<string, Write>>[];
    }) => transact(TransactItems),
  };

  return {
    /** Does one operation, or throws as the SDK would. */
    execute: ({ name, input }: Sent): object => {
      const operation = operations[name];
      if (!operation) throw new Error(`the model does not know ${name}`);
      refuseUnknown(input);
      return operation(input as never);
    },
    all,
  };
};
export type Store = ReturnType<typeof createStore>;
