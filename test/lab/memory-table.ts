import { awsError } from '../support/aws-error.ts';
import type { Item } from './expressions.ts';
import { order, type TableSchema } from './store-shapes.ts';

/** A partition's hash in [0, 1), which determines a scan's order and its segments. */
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

/** The state of an item before a write. */
interface Undone {
  readonly at: number;
  readonly id: string;
  readonly before: Item | undefined;
}

/** More writes than happen within the longest staleness of a read. */
const keptWrites = 2000;

/** The age in steps of the state that a read returns for an item. */
export type Staleness = (id: string) => number;

/** The items of all tables, by partition and sort key. */
export const createTables = (
  schemas: Readonly<Record<string, TableSchema>>,
  onWrite: (table: string, item: Item, isNew: boolean) => void,
  now: () => number,
) => {
  const writes: Undone[] = [];
  /** During a stale read, the old states of changed items. */
  let past: ReadonlyMap<string, Item | undefined> | undefined;
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
  /** An identifier of an item, unique across tables. */
  const idOf = (table: string, of: Item): string => {
    const [first, second] = keyOf(table, of);
    return `${table}\n${first}\n${second}`;
  };
  /** Items in the state that the current read returns. */
  const shown = (
    table: string,
    items: readonly Item[],
    belongs: (item: Item) => boolean,
  ): readonly Item[] => {
    if (!past) return items;
    const there = new Set(items.map((item) => idOf(table, item)));
    const gone = [...past].flatMap(([id, item]) =>
      item && id.startsWith(`${table}\n`) && !there.has(id) && belongs(item) ? [item] : [],
    );
    const changed = items.flatMap((item): readonly Item[] => {
      const id = idOf(table, item);
      if (!past?.has(id)) return [item];
      const before = past.get(id);
      return before ? [before] : [];
    });
    return [...changed, ...gone];
  };
  const partition = (table: string, key: unknown): readonly Item[] => {
    const found = tables.get(table)?.get(key);
    const name = schemaOf(table).partition;
    return shown(table, found ? [...found.items.values()] : [], (item) => item[name] === key);
  };
  const all = (table: string): readonly Item[] =>
    shown(
      table,
      [...(tables.get(table)?.values() ?? [])].flatMap(({ items }) => [...items.values()]),
      () => true,
    );
  const record = (table: string, key: Item, before: Item | undefined): void => {
    writes.push({ at: now(), id: idOf(table, key), before });
    if (writes.length > 2 * keptWrites) writes.splice(0, keptWrites);
  };
  return {
    schemaOf,
    idOf,
    /** Reads each item as if its writes of the last `staleness(id)` steps had not happened. */
    asBefore: <T>(staleness: Staleness, oldest: number, read: () => T): T => {
      const then = new Map<string, Item | undefined>();
      for (let at = writes.length - 1; at >= 0; at -= 1) {
        const write = writes[at] as Undone;
        const age = now() - write.at;
        if (age >= oldest) break;
        if (age < staleness(write.id)) then.set(write.id, write.before);
      }
      past = then;
      try {
        return read();
      } finally {
        past = undefined;
      }
    },
    get: (table: string, key: Item): Item | undefined => {
      const [first, second] = keyOf(table, key);
      const id = past && idOf(table, key);
      return id !== undefined && past?.has(id)
        ? past.get(id)
        : tables.get(table)?.get(first)?.items.get(second);
    },
    put: (table: string, item: Item): void => {
      const [first, second] = keyOf(table, item);
      const partitions = tables.get(table);
      const there = partitions?.get(first) ?? { place: placeOf(String(first)), items: new Map() };
      partitions?.set(first, there);
      const before = there.items.get(second);
      const isNew = before === undefined;
      record(table, item, before);
      there.items.set(second, item);
      onWrite(table, item, isNew);
    },
    remove: (table: string, key: Item): void => {
      const [first, second] = keyOf(table, key);
      const items = tables.get(table)?.get(first)?.items;
      record(table, key, items?.get(second));
      items?.delete(second);
    },
    partition,
    all,
    /** A segment of a table in the order of a scan: partitions by hash, items by sort key. */
    segment: (table: string, segment: number, segments: number): readonly Item[] => {
      const { sort } = schemaOf(table);
      return [...(tables.get(table)?.values() ?? [])]
        .filter(({ place }) => Math.floor(place * segments) === segment)
        .sort((a, b) => a.place - b.place)
        .flatMap(({ items }) => [...items.values()].sort((a, b) => order(a[sort], b[sort])));
    },
    /** Whether an item comes after a key in the order of a scan. */
    isAfter: (table: string, item: Item, key: Item): boolean => {
      const { partition: name, sort } = schemaOf(table);
      const [mine, its] = [placeOf(String(item[name])), placeOf(String(key[name]))];
      return mine > its || (mine === its && order(item[sort], key[sort]) > 0);
    },
  };
};
export type Tables = ReturnType<typeof createTables>;
