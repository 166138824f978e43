import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { chunksOf, inParallel } from '../runtime/batches.ts';
import { dynamodb, putNew, queryItems } from '../runtime/dynamodb.ts';
import { closedTable } from '../runtime/settings.ts';
import { type ClosedSources, frozen, thawed } from './frozen-sources.ts';
import { keyOf, leafOf } from './leaves.ts';
import { hashLeaf, leavesOfPage, rootOf } from './merkle.ts';

/**
 * What periods were closed with, in the table Closed. One run of a close writes under a name of its own
 * and puts the head last; the event of the close names the run. Nothing is ever written again. What a
 * run left that did not come to its end is named by nothing.
 *
 * `closed#<run>`     `head`           the number of leaves, and of each page its first key and its root
 *                    `sources#<n>`    what the figures are made of
 *                    `leaves#<n>`     page n of the leaves
 *                    `versions#<b>`   the version of each aggregate that was read, by a checksum of its name
 *                    `present`        who took part, by a part of the hash
 * `closing#<period>` `progress`       how far a run has come; the only item that changes
 */
const runPartition = (run: string): string => `closed#${run}`;
const progressKey = (period: string) => ({ pk: `closing#${period}`, sk: 'progress' });

/** An item is below DynamoDB's 400 KB, also with what cannot be compressed. */
const bytesOfChunk = 300_000;
/** Items that are written at the same time. */
const lanes = 8;

const number = (n: number): string => String(n).padStart(6, '0');

/** A page of leaves: where it begins, and the root of its subtree in hex. */
interface PageHead {
  readonly first: string;
  readonly root: string;
}

export interface Head {
  readonly period: string;
  readonly leafCount: number;
  readonly pages: readonly PageHead[];
  /** The number of items that hold the sources. */
  readonly chunks: number;
  /** The number of items that hold versions. */
  readonly buckets: number;
}

/** What a close stores. */
export interface Run {
  readonly period: string;
  readonly sources: ClosedSources;
  /** The texts of the leaves, in order of their keys. */
  readonly leaves: readonly string[];
  /** The version at which each aggregate was read, by `<type>#<id>`. */
  readonly versions: ReadonlyMap<string, number>;
  /** The hashes, in hex, of the persons who took part. */
  readonly present: ReadonlySet<string>;
}

const packed = (text: string): Buffer => gzipSync(text);
const unpacked = (bytes: unknown): string => gunzipSync(bytes as Uint8Array).toString('utf8');

/** Versions in one item: some 60 bytes each before they are compressed. */
const versionsOfBucket = 4000;
const bucketOf = (name: string, buckets: number): number => crc32(name) % buckets;

/** A part of a hash: among 100,000 persons two have the same once in four thousand million times. */
const presentLength = 16;
const shortOf = (person: string): string => person.slice(0, presentLength);

/**
 * Stores a run.
 * @param run a name that no other run has
 * @returns the root of all leaves, in hex
 */
export const putRun = async (
  run: string,
  { period, sources, leaves, versions, present }: Run,
): Promise<{ readonly root: string }> => {
  const pk = runPartition(run);
  const pages = chunksOf(leaves, leavesOfPage);
  const roots = pages.map((page) => rootOf(page.map(hashLeaf)));
  const whole = packed(frozen(period, sources));
  const chunks = Array.from({ length: Math.ceil(whole.length / bytesOfChunk) }, (_, n) =>
    whole.subarray(n * bytesOfChunk, (n + 1) * bytesOfChunk),
  );
  const buckets = Math.max(1, Math.ceil(versions.size / versionsOfBucket));
  const inBuckets = Array.from({ length: buckets }, (): [string, number][] => []);
  for (const [name, version] of versions) inBuckets[bucketOf(name, buckets)]?.push([name, version]);
  const items = [
    ...pages.map((page, n) => ({ sk: `leaves#${number(n)}`, z: packed(JSON.stringify(page)) })),
    ...chunks.map((chunk, n) => ({ sk: `sources#${number(n)}`, z: chunk })),
    ...inBuckets.map((own, n) => ({
      sk: `versions#${number(n)}`,
      z: packed(JSON.stringify(Object.fromEntries(own))),
    })),
    { sk: 'present', z: packed([...present].map(shortOf).sort().join('')) },
  ];
  const put = async (item: object): Promise<void> => {
    if (!(await putNew(closedTable(), { pk, ...item })))
      throw new Error('a run writes each item once');
  };
  await inParallel(lanes, items, put);
  const head: Head = {
    period,
    leafCount: leaves.length,
    pages: pages.map((page, n) => ({
      first: keyOf(leafOf(page[0] ?? '')),
      root: roots[n]?.toString('hex') ?? '',
    })),
    chunks: chunks.length,
    buckets,
  };
  await put({ sk: 'head', z: packed(JSON.stringify(head)) });
  return { root: rootOf(roots).toString('hex') };
};

const readItem = async (run: string, sk: string): Promise<string> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: closedTable(), Key: { pk: runPartition(run), sk } }),
  );
  if (Item) return unpacked(Item.z);
  // Written a moment ago, perhaps; what an event names is there.
  const again = await dynamodb.send(
    new GetCommand({
      TableName: closedTable(),
      Key: { pk: runPartition(run), sk },
      ConsistentRead: true,
    }),
  );
  if (!again.Item) throw new Error(`${sk} of a closed period is missing`);
  return unpacked(again.Item.z);
};

/** What never changes is kept for as long as the function's container: of the last runs. */
const keptRuns = 30;
const kept = <Value>(read: (run: string) => Promise<Value>, most = keptRuns) => {
  const known = new Map<string, Promise<Value>>();
  return (run: string): Promise<Value> => {
    const found = known.get(run);
    if (found) return found;
    const reading = read(run);
    known.set(run, reading);
    for (const oldest of known.keys())
      if (known.size > most) known.delete(oldest);
      else break;
    reading.catch(() => known.delete(run));
    return reading;
  };
};

export const readHead = kept(
  async (run: string): Promise<Head> => JSON.parse(await readItem(run, 'head')) as Head,
);

/** What the figures of a run are made of. */
export const readSources = kept(async (run: string): Promise<ClosedSources> => {
  const { chunks } = await readHead(run);
  const items = await queryItems({
    TableName: closedTable(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': runPartition(run), ':prefix': 'sources#' },
    ConsistentRead: true,
  });
  if (items.length !== chunks) throw new Error('sources of a closed period are missing');
  return thawed(unpacked(Buffer.concat(items.map(({ z }) => z as Uint8Array))));
});

/** A page of the texts of leaves. */
export const readLeaves = async (run: string, page: number): Promise<readonly string[]> =>
  JSON.parse(await readItem(run, `leaves#${number(page)}`)) as string[];

/** The version at which a run has read an aggregate; 0 when it has not. */
export const versionIn = async (
  run: string,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<number> => {
  const { buckets } = await readHead(run);
  const name = `${type}#${id}`;
  const versions = JSON.parse(
    await readItem(run, `versions#${number(bucketOf(name, buckets))}`),
  ) as Readonly<Record<string, number>>;
  return versions[name] ?? 0;
};

/** Runs whose versions are kept: some 10 MB for 100,000 aggregates. */
const keptVersions = 2;

/** All of them. Anybody may ask for a closed year, which needs them, so those of a few runs are kept. */
export const readVersions = kept(async (run: string): Promise<ReadonlyMap<string, number>> => {
  const { buckets } = await readHead(run);
  const items = await inParallel(
    lanes,
    Array.from({ length: buckets }, (_, n) => n),
    (n) => readItem(run, `versions#${number(n)}`),
  );
  return new Map(
    items.flatMap((text) => Object.entries(JSON.parse(text) as Readonly<Record<string, number>>)),
  );
}, keptVersions);

/** Which of these persons, by hash in hex, took part. */
export const presentIn = async (
  run: string,
  persons: readonly string[],
): Promise<readonly string[]> => {
  const all = await readItem(run, 'present');
  const present = new Set(
    Array.from({ length: all.length / presentLength }, (_, at) =>
      all.slice(at * presentLength, (at + 1) * presentLength),
    ),
  );
  return persons.filter((person) => present.has(shortOf(person)));
};

/** How far the close of a period has come. */
export interface Progress {
  readonly step: 'reading' | 'storing' | 'checking';
  /** Rows of the Ledger read. */
  readonly rows: number;
}

export const putProgress = async (period: string, progress: Progress): Promise<void> => {
  await dynamodb.send(
    new PutCommand({ TableName: closedTable(), Item: { ...progressKey(period), ...progress } }),
  );
};

/** Null before a run began. */
export const readProgress = async (period: string): Promise<Progress | null> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: closedTable(), Key: progressKey(period) }),
  );
  return Item ? { step: Item.step as Progress['step'], rows: Item.rows as number } : null;
};
