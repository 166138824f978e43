// Works out from requests and answers what DynamoDB would bill on AWS. DynamoDB Local's own
// ConsumedCapacity is not used, because it is wrong for transactions.
import type { CreateTableCommandInput, KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { type Item, itemSize, readUnits, writeUnits } from '../../test/support/item-size.ts';
import type { createCounts } from './counts.ts';

interface Index {
  readonly name: string;
  readonly keys: readonly string[];
  /** Undefined: all attributes. */
  readonly attributes: ReadonlySet<string> | undefined;
}

interface Shape {
  readonly keys: readonly string[];
  readonly indexes: readonly Index[];
}

interface Write {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
}

/** The parts of DynamoDB's requests and answers that determine the cost. */
interface Wire {
  readonly TableName: string;
  readonly ConsistentRead?: boolean;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly Items?: readonly Item[];
  readonly TransactItems?: readonly Readonly<Record<string, Write>>[];
  readonly RequestItems?: Readonly<Record<string, KeysAndAttributes>>;
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

const names = (schema: CreateTableCommandInput['KeySchema'] = []): readonly string[] =>
  schema.map(({ AttributeName = '' }) => AttributeName);

/** The kind of an item, by its table (`views-…`) and key. */
const kindOf = (table: string, item: Item): string => {
  const [pk, sk] = [item.pk?.S ?? '', item.sk?.S ?? ''];
  const role = table.split('-')[0]?.replace('_table', '') ?? '';
  if (role !== 'views') return `${role}.row`;
  if (/(^|~)present#/.test(pk)) return 'views.person';
  if (!/(^|~)totals#/.test(pk)) return 'views.other';
  if (sk.endsWith('#p')) return 'views.counts';
  return /#ya?$/.test(sk) ? 'views.year' : 'views.page';
};

export const createMeter = (
  counts: ReturnType<typeof createCounts>,
  /** Reads items directly from the engine, without counting. */
  peek: (table: string, keys: readonly Item[]) => Promise<readonly Item[]>,
) => {
  const shapes = new Map<string, Shape>();
  /** Every item as last seen. The writes to an index depend on the item before the change. */
  const known = new Map<string, Item>();
  const shapeOf = (table: string): Shape => {
    const shape = shapes.get(table);
    if (!shape) throw new Error(`table ${table} was not made here`);
    return shape;
  };
  const keyOf = (table: string, item: Item): Item =>
    Object.fromEntries(shapeOf(table).keys.map((key) => [key, item[key] ?? { NULL: true }]));
  const idOf = (table: string, item: Item): string => JSON.stringify([table, keyOf(table, item)]);

  const created = (input: CreateTableCommandInput): void => {
    const keys = names(input.KeySchema);
    const indexes = (input.GlobalSecondaryIndexes ?? []).map(
      ({ IndexName = '', KeySchema, Projection }) => {
        const own = names(KeySchema);
        const some = [...keys, ...own, ...(Projection?.NonKeyAttributes ?? [])];
        const all = Projection?.ProjectionType === 'ALL';
        return { name: IndexName, keys: own, attributes: all ? undefined : new Set(some) };
      },
    );
    shapes.set(input.TableName ?? '', { keys, indexes });
  };

  /** The index entry of an item, or undefined. */
  const entryIn = ({ keys, attributes }: Index, item: Item | undefined): Item | undefined => {
    if (!item || !keys.every((key) => item[key])) return undefined;
    if (!attributes) return item;
    return Object.fromEntries(Object.entries(item).filter(([name]) => attributes.has(name)));
  };

  /** Counts one write for each index entry that is added, removed or changed; two if its key changes. */
  const countIndexes = (table: string, before: Item | undefined, after: Item): void => {
    for (const index of shapeOf(table).indexes) {
      const [old, now] = [entryIn(index, before), entryIn(index, after)];
      if (JSON.stringify(old) === JSON.stringify(now)) continue;
      const moved = old && now && index.keys.some((key) => old[key]?.S !== now[key]?.S);
      const sizes = [old, now].flatMap((entry) => (entry ? [writeUnits(itemSize(entry))] : []));
      const units = moved ? sizes.reduce((a, b) => a + b, 0) : Math.max(...sizes);
      counts.add(`${kindOf(table, after)}.index.${index.name}`, units);
    }
  };

  const countWrite = (table: string, after: Item, factor: number, done: boolean): void => {
    const before = known.get(idOf(table, after));
    const size = Math.max(itemSize(after), before ? itemSize(before) : 0);
    const kind = kindOf(table, after);
    counts.add(`${kind}.wru`, factor * writeUnits(size));
    counts.add(`${kind}.writes`);
    counts.add(`${kind}.bytes`, size);
    if (!done) {
      counts.add('refused.wru', factor * writeUnits(size));
      return;
    }
    countIndexes(table, before, after);
    known.set(idOf(table, after), after);
  };

  const countWrites = async (
    writes: readonly Write[],
    factor: number,
    done: boolean,
  ): Promise<void> => {
    for (const { TableName, Item } of writes) if (Item) countWrite(TableName, Item, factor, done);
    const updates = writes.filter(({ Key }) => Key);
    const [first] = updates;
    if (!first) return;
    const after = await peek(
      first.TableName,
      updates.map(({ Key }) => Key as Item),
    );
    for (const item of after) countWrite(first.TableName, item, factor, done);
  };

  const countRead = (table: string, kind: string, units: number, items: number): void => {
    counts.add(`${kind || kindOf(table, {})}.rru`, units);
    counts.add(`${kind || kindOf(table, {})}.itemsRead`, items);
  };

  const countBatchGet = (request: Wire, response: Wire): void => {
    for (const [table, { Keys = [], ConsistentRead = false }] of Object.entries(
      request.RequestItems ?? {},
    )) {
      const found = response.Responses?.[table] ?? [];
      for (const item of found)
        countRead(table, kindOf(table, item), readUnits(itemSize(item), ConsistentRead), 1);
      // Reading a missing item costs a unit too.
      const there = new Set(found.map((item) => idOf(table, item)));
      for (const key of Keys as Item[])
        if (!there.has(idOf(table, key)))
          countRead(table, kindOf(table, key), readUnits(0, ConsistentRead), 0);
    }
  };

  /** @param done whether the request succeeded; a refused write is billed as well */
  const observe = async (
    operation: string,
    request: Wire,
    response: Wire,
    done: boolean,
  ): Promise<void> => {
    const { TableName: table, ConsistentRead = false } = request;
    if (operation === 'CreateTable') return created(request as CreateTableCommandInput);
    if (operation === 'DeleteTable') return;
    if (operation === 'BatchGetItem') return countBatchGet(request, response);
    if (operation === 'PutItem' || operation === 'UpdateItem')
      return countWrites([request], 1, done);
    if (operation === 'TransactWriteItems') {
      const writes = (request.TransactItems ?? []).flatMap((action) => Object.values(action));
      return countWrites(writes, 2, done);
    }
    if (operation !== 'Query' && operation !== 'GetItem')
      throw new Error(`no price for ${operation}`);
    const items = response.Items ?? (response.Item ? [response.Item] : []);
    const size = items.reduce((sum, item) => sum + itemSize(item), 0);
    const kind = items[0] ? kindOf(table, items[0]) : '';
    countRead(table, kind, readUnits(size, ConsistentRead), items.length);
  };

  return { observe };
};
