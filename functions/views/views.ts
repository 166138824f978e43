import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, getItems, queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { bare, inGeneration, liveGeneration, readGenerations } from './generations.ts';

/** The indexes of the Views table: name, partition attribute, sort attribute. */
const indexes = {
  items: { name: undefined, partition: 'pk', sort: 'sk' },
  lists: { name: 'ByList', partition: 'list', sort: 'listOrder' },
  flags: { name: 'ByFlag', partition: 'flag', sort: 'flagOrder' },
} as const;

interface Condition {
  readonly path: readonly string[];
  readonly equals: string;
}

/** Conditions that the row's fields equal these values. Undefined values are left out. */
export const rowEquals = (
  fields: Readonly<Record<string, string | undefined>>,
): readonly Condition[] =>
  Object.entries(fields).flatMap(([field, equals]) =>
    equals === undefined ? [] : [{ path: ['row', field], equals }],
  );

/** DynamoDB's form of the conditions, with a placeholder for every name and value. */
const filterOf = (conditions: readonly Condition[]) => {
  const names: Record<string, string> = {};
  const values: Record<string, string> = {};
  const clauses = conditions.map(({ path, equals }, index) => {
    const placeholders = path.map((part, depth) => {
      const placeholder = `#w${index}_${depth}`;
      names[placeholder] = part;
      return placeholder;
    });
    values[`:w${index}`] = equals;
    return `${placeholders.join('.')} = :w${index}`;
  });
  return { expression: clauses.length > 0 ? clauses.join(' AND ') : undefined, names, values };
};

export interface ListQuery {
  readonly index: keyof typeof indexes;
  readonly partition: string;
  /** Only items whose sort attribute begins with this. */
  readonly prefix?: string;
  /** Only items whose sort attribute is this or comes after it; not beside `prefix`. */
  readonly from?: string;
  /** With `from`: only items whose sort attribute is this or comes before it. */
  readonly until?: string;
  /** Only items whose sort attribute comes before this; not beside `prefix` or `from`. */
  readonly before?: string;
  readonly descending?: boolean;
  /** Conditions on attributes outside the key: a path equals a value. */
  readonly where?: readonly Condition[];
  /** A further condition, which DynamoDB cannot express. */
  readonly accepts?: (item: ViewItem) => boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /**
   * Reads consistently, from the current live generation, at twice the price. For `items` only, as
   * an index cannot be read consistently.
   */
  readonly consistent?: boolean;
}

/**
 * A list with conditions reads this many entries per query, however small the page, and makes at
 * most this many queries. A page with too few matches in them ends early.
 */
export const filteredReadSize = 250;
export const maxFilteredReads = 4;

export type ViewItem = Readonly<Record<string, unknown>> & {
  readonly pk: string;
  readonly sk: string;
};

type Key = Record<string, string>;
type Item = Readonly<Record<string, unknown>>;

const keyNames = (index: keyof typeof indexes): readonly string[] => [
  ...new Set(['pk', 'sk', indexes[index].partition, indexes[index].sort]),
];

/** The attributes whose value contains the generation. */
const partitions: readonly string[] = Object.values(indexes).map(({ partition }) => partition);

const mapPartitions = (key: Key, change: (partition: string) => string): Key =>
  Object.fromEntries(
    Object.entries(key).map(([name, value]) => [
      name,
      partitions.includes(name) ? change(value) : value,
    ]),
  );

/** A cursor stays valid when the generation changes, so it names no generation. */
const encode = (key: Key): string =>
  Buffer.from(JSON.stringify(mapPartitions(key, bare))).toString('base64url');

/** The cursor for the items after this one. */
const cursorAfter = (index: keyof typeof indexes, item: ViewItem): string =>
  encode(Object.fromEntries(keyNames(index).map((name) => [name, String(item[name])])));

/** DynamoDB refuses the whole request when a sort key is longer or contains half a character. */
const fitsKey = (value: string): boolean =>
  value.isWellFormed() && Buffer.byteLength(value) <= 1024;

/** A cursor comes from outside: it must name a place inside the requested list. */
const decode = (cursor: string, { index, partition, prefix = '' }: ListQuery): Key => {
  // Decoding ignores characters outside base64url, such as a comma between two cursors.
  if (!/^[\w-]+$/.test(cursor)) throw new Problem('invalid-cursor');
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new Problem('invalid-cursor');
  }
  const names = keyNames(index);
  const { partition: partitionName, sort } = indexes[index];
  const fits =
    typeof key === 'object' &&
    key !== null &&
    Object.keys(key).length === names.length &&
    names.every((name) => {
      const value = (key as Key)[name];
      return typeof value === 'string' && value !== '' && fitsKey(value);
    }) &&
    (key as Key)[partitionName] === partition &&
    (key as Key)[sort]?.startsWith(prefix);
  if (!fits) throw new Problem('invalid-cursor');
  return key as Key;
};

export interface ListPage {
  readonly items: readonly ViewItem[];
  /** Null at the end of the list. It may be set on a page that is not full or is empty. */
  readonly next: string | null;
}

/**
 * One page of a list, in order, with the cursor of the next page. Eventually consistent unless
 * `consistent` is set; the Views may be behind the Ledger in any case. Without conditions its cost
 * is bounded by what it shows, with conditions by `maxFilteredReads` queries of `filteredReadSize`
 * entries.
 * @throws Problem `invalid-cursor`
 */
export const listItems = async (query: ListQuery): Promise<ListPage> => {
  const { name, partition, sort } = indexes[query.index];
  const { where = [], accepts = () => true, limit } = query;
  const isFiltered = where.length > 0 || query.accepts !== undefined;
  const maxReads = isFiltered ? maxFilteredReads : Number.POSITIVE_INFINITY;
  const filter = filterOf(where);
  const consistent = query.consistent ?? false;
  const generation = consistent ? (await readGenerations()).live : await liveGeneration();
  const here = (partition: string): string => inGeneration(generation, partition);
  const items: ViewItem[] = [];
  let reads = 0;
  let from: Key | undefined = query.cursor
    ? mapPartitions(decode(query.cursor, query), here)
    : undefined;
  do {
    const input: QueryCommandInput = {
      TableName: viewsTable(),
      IndexName: name,
      KeyConditionExpression: query.prefix
        ? '#partition = :partition AND begins_with(#sort, :prefix)'
        : query.from
          ? query.until
            ? '#partition = :partition AND #sort BETWEEN :from AND :until'
            : '#partition = :partition AND #sort >= :from'
          : query.before
            ? '#partition = :partition AND #sort < :before'
            : '#partition = :partition',
      ExpressionAttributeNames: {
        '#partition': partition,
        ...(query.prefix || query.from || query.before ? { '#sort': sort } : {}),
        ...filter.names,
      },
      ExpressionAttributeValues: {
        ':partition': here(query.partition),
        ...(query.prefix ? { ':prefix': query.prefix } : {}),
        ...(query.from ? { ':from': query.from } : {}),
        ...(query.from && query.until ? { ':until': query.until } : {}),
        ...(query.before ? { ':before': query.before } : {}),
        ...filter.values,
      },
      FilterExpression: filter.expression,
      ScanIndexForward: !query.descending,
      Limit: isFiltered ? Math.max(filteredReadSize, limit + 1) : limit + 1,
      ConsistentRead: consistent,
      ExclusiveStartKey: from,
    };
    const page = await dynamodb.send(new QueryCommand(input));
    reads += 1;
    items.push(...((page.Items ?? []) as ViewItem[]).filter(accepts));
    from = page.LastEvaluatedKey as Key | undefined;
  } while (from && items.length <= limit && reads < maxReads);
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  // Items that were read but not shown come on the next page; items that did not match do not.
  if (items.length > limit && last) return { items: shown, next: cursorAfter(query.index, last) };
  return { items: shown, next: from ? encode(from) : null };
};

/** `listItems`, as the rows that the API shows: each with its id and version. */
export const listRows = async <Row extends object>(query: ListQuery) => {
  const { items, next } = await listItems(query);
  return {
    items: items.map(({ id, row, version }) => ({
      id: id as string,
      ...(row as Row),
      version: version as number,
    })),
    next,
  };
};

/**
 * All items of a partition of the live generation, in order, or those whose sort key begins with a
 * prefix. For partitions and prefixes whose size is bounded.
 */
export const itemsOf = async (
  partition: string,
  { prefix = '', consistent = false }: { readonly prefix?: string; readonly consistent?: boolean },
): Promise<readonly Item[]> =>
  queryItems({
    TableName: viewsTable(),
    KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
    ExpressionAttributeValues: {
      ':pk': inGeneration(await liveGeneration(), partition),
      ...(prefix ? { ':prefix': prefix } : {}),
    },
    ConsistentRead: consistent,
  });

interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/**
 * The items of a generation at these keys, by `pk|sk`, with their partitions as those of the first
 * generation; missing items are left out. One request for each 100 different keys, at half a read unit
 * for each item of up to 4 KB; at twice that when it is consistent.
 * @throws Error when DynamoDB leaves keys unprocessed so many times
 */
export const itemsIn = async (
  generation: number,
  keys: readonly ItemKey[],
  reading: Parameters<typeof getItems>[2],
): Promise<ReadonlyMap<string, ViewItem>> => {
  const different = new Map(
    keys.map(({ pk, sk }) => [`${pk}|${sk}`, { pk: inGeneration(generation, pk), sk }]),
  );
  const items = await getItems(viewsTable(), [...different.values()], reading);
  return new Map(
    items.map((item) => {
      const [pk, sk] = [bare(String(item.pk)), String(item.sk)];
      return [`${pk}|${sk}`, { ...item, pk, sk }];
    }),
  );
};

/** `itemsIn` the live generation. */
export const itemsAt = async (
  keys: readonly ItemKey[],
  consistent = false,
): Promise<ReadonlyMap<string, ViewItem>> =>
  itemsIn(await liveGeneration(), keys, { consistent, attempts: 5 });

/** `itemsAt`, as rows. */
export const rowsAt = async (
  keys: Parameters<typeof itemsAt>[0],
): Promise<ReadonlyMap<string, Item>> =>
  new Map([...(await itemsAt(keys))].map(([key, { row }]) => [key, row as Item]));
