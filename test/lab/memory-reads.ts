import { awsError } from '../support/aws-error.ts';
import { holds, type Item, type Placeholders } from './expressions.ts';
import type { Tables } from './memory-table.ts';
import { type IndexSchema, type Key, order } from './store-shapes.ts';

interface Read extends Placeholders {
  readonly TableName: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly Select?: 'COUNT';
}
interface Query extends Read {
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
}
interface Scan extends Read {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

/** The named top-level attributes of an item. */
const projected = (item: Item, expression: string | undefined): Item => {
  if (expression === undefined) return item;
  const names = expression.split(/\s*,\s*/);
  if (!names.every((name) => /^\w+$/.test(name)))
    throw new Error(`the model does not know the projection: ${expression}`);
  return Object.fromEntries(names.flatMap((name) => (name in item ? [[name, item[name]]] : [])));
};

/** The answer for a page: the items that pass the filter, and the key where the next page begins. */
const pageOf = (found: readonly Item[], input: Read, keys: readonly string[]): object => {
  const page = input.Limit === undefined ? found : found.slice(0, input.Limit);
  const last = page.length === input.Limit ? page.at(-1) : undefined;
  const passing = page.filter((item) => holds(input.FilterExpression, item, input));
  return {
    Count: passing.length,
    ...(input.Select === 'COUNT'
      ? {}
      : { Items: passing.map((item) => projected(item, input.ProjectionExpression)) }),
    ...(last ? { LastEvaluatedKey: Object.fromEntries(keys.map((key) => [key, last[key]])) } : {}),
  };
};

export const createReads = (tables: Tables) => {
  /** The items of the partition in a key condition, which names it first. */
  const partitionOf = (input: Query, { partition }: IndexSchema): readonly Item[] => {
    const [, token = '', value = ''] =
      /^([\w#]+) = (:\w+)/.exec(input.KeyConditionExpression ?? '') ?? [];
    if ((input.ExpressionAttributeNames?.[token] ?? token) !== partition)
      throw awsError('ValidationException');
    const wanted = input.ExpressionAttributeValues?.[value];
    return input.IndexName === undefined
      ? tables.partition(input.TableName, wanted)
      : tables.all(input.TableName).filter((item) => item[partition] === wanted);
  };

  return {
    query: (input: Query): object => {
      const table = tables.schemaOf(input.TableName);
      const index = input.IndexName === undefined ? table : table.indexes[input.IndexName];
      if (!index) throw awsError('ValidationException');
      const forward = input.ScanIndexForward === false ? -1 : 1;
      const { sort = table.sort } = index;
      // Keys are ASCII here, so strings and their bytes have the same order.
      const compare = (a: Item, b: Item) =>
        forward * (order(a[sort], b[sort]) || order(a[table.sort], b[table.sort]));
      const start = input.ExclusiveStartKey;
      const found = partitionOf(input, index)
        .filter(
          (item) =>
            item[sort] !== undefined &&
            holds(input.KeyConditionExpression, item, input) &&
            (!start || compare(item, start) > 0),
        )
        .sort(compare);
      const keys = [...new Set([index.partition, sort, table.partition, table.sort])];
      return pageOf(found, input, keys);
    },

    scan: (input: Scan): object => {
      const { TableName, Segment = 0, TotalSegments = 1, ExclusiveStartKey: start } = input;
      const { partition, sort } = tables.schemaOf(TableName);
      const found = tables
        .segment(TableName, Segment, TotalSegments)
        .filter((item) => !start || tables.isAfter(TableName, item, start));
      return pageOf(found, input, [partition, sort]);
    },

    batchGet: ({
      RequestItems,
    }: {
      readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Key[] }>>;
    }): object => {
      const requests = Object.entries(RequestItems);
      const ids = requests.flatMap(([table, { Keys }]) =>
        Keys.map((key) => tables.idOf(table, key)),
      );
      if (ids.length === 0 || ids.length > 100 || new Set(ids).size < ids.length)
        throw awsError('ValidationException');
      return {
        Responses: Object.fromEntries(
          requests.map(([table, { Keys }]) => [
            table,
            Keys.flatMap((key) => tables.get(table, key) ?? []),
          ]),
        ),
        UnprocessedKeys: {},
      };
    },
  };
};
