import type { Item } from './expressions.ts';
import { awsError, order, type TableSchema } from './store-shapes.ts';

/** Where a partition lies among all: what a scan's order and its segments depend on. 0 up to 1. */
const placeOf = (partition: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < partition.length; at += 1)
    hash = Math.imul(hash ^ partition.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000;
};

interface Partition {
  readonly place: number;
  readonly items: Map<unknown, Item>;
}

/** The items of all tables, by partition and sort key. */
export const createTables = (
  schemas: Readonly<Record<string, TableSchema>>,
  onWrite: (table: string, item: Item, isNew: boolean) => void,
) => {
  const tables = new Map(
    Object.keys(schemas).map((name) => [name, new Map<unknown, Partition>()] as const),
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
  const partition = (table: string, key: unknown): readonly Item[] => {
    const found = tables.get(table)?.get(key);
    return found ? [...found.items.values()] : [];
  };
  return {
    schemaOf,
    /** The same for the same item, and for no other. */
    idOf: (table: string, of: Item): string => {
      const [first, second] = keyOf(table, of);
      return `${table}\n${first}\n${second}`;
    },
    get: (table: string, key: Item): Item | undefined => {
      const [first, second] = keyOf(table, key);
      return tables.get(table)?.get(first)?.items.get(second);
    },
    put: (table: string, item: Item): void => {
      const [first, second] = keyOf(table, item);
      const partitions = tables.get(table);
      const there = partitions?.get(first) ?? { place: placeOf(String(first)), items: new Map() };
      partitions?.set(first, there);
      const isNew = !there.items.has(second);
      there.items.set(second, item);
      onWrite(table, item, isNew);
    },
    remove: (table: string, key: Item): void => {
      const [first, second] = keyOf(table, key);
      tables.get(table)?.get(first)?.items.delete(second);
    },
    partition,
    all: (table: string): readonly Item[] =>
      [...(tables.get(table)?.values() ?? [])].flatMap(({ items }) => [...items.values()]),
    /** A segment of a table in the order of a scan: partitions by their hash, items in order. */
    segment: (table: string, segment: number, segments: number): readonly Item[] => {
      const { sort } = schemaOf(table);
      return [...(tables.get(table)?.values() ?? [])]
        .filter(({ place }) => Math.floor(place * segments) === segment)
        .sort((a, b) => a.place - b.place)
        .flatMap(({ items }) => [...items.values()].sort((a, b) => order(a[sort], b[sort])));
    },
    /** Whether an item comes after a key in that order. */
    isAfter: (table: string, item: Item, key: Item): boolean => {
      const { partition: name, sort } = schemaOf(table);
      const [mine, its] = [placeOf(String(item[name])), placeOf(String(key[name]))];
      return mine > its || (mine === its && order(item[sort], key[sort]) > 0);
    },
  };
};
export type Tables = ReturnType<typeof createTables>;
