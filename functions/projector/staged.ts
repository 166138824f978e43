import { gunzipSync, gzipSync } from 'node:zlib';
import { type Action, createStore } from '../figures/store.ts';
import { deleteItems, queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration } from '../views/generations.ts';
import type { Fact } from './facts.ts';
import { type HeldFact, heldFactOf } from './items-of-activities.ts';

/**
 * Facts wait in the generation that is built, packed, until all of the Ledger is loaded: then those of
 * a bin are read together. A bin is `people`, `activities` or a year of sheets.
 */
export type Waiting = Fact | HeldFact;
export const people = 'people';
export const activities = 'activities';

/** A packed item is below DynamoDB's 400 KB, however badly its facts can be compressed. */
const maxBytes = 250_000;

const binPartition = (bin: string): string => `load#${bin}`;

const binsOf = (fact: Fact): readonly (readonly [bin: string, fact: Waiting])[] => {
  if (fact.of === 'activity') return [[activities, fact]];
  if (fact.of !== 'sheet') return [[people, fact]];
  const year = fact.place.serviceDate.slice(0, 4);
  const held = heldFactOf(fact);
  return held
    ? [
        [year, fact],
        [activities, held],
      ]
    : [[year, fact]];
};

/** The years of sheets among facts. */
export const yearsOf = (facts: readonly Fact[]): readonly string[] => [
  ...new Set(
    facts.flatMap((fact) => (fact.of === 'sheet' ? [fact.place.serviceDate.slice(0, 4)] : [])),
  ),
];

/**
 * The puts that let facts wait.
 * @param name differs from that of all other steps of the load
 */
export const putWaiting = (
  generation: number,
  facts: readonly Fact[],
  name: string,
): readonly Action[] => {
  const bins = new Map<string, { bytes: number; readonly lines: string[] }[]>();
  for (const [bin, fact] of facts.flatMap(binsOf)) {
    const line = JSON.stringify(fact);
    const chunks = bins.get(bin) ?? [];
    bins.set(bin, chunks);
    const last = chunks.at(-1);
    if (last && last.bytes + line.length <= maxBytes) {
      last.bytes += line.length;
      last.lines.push(line);
    } else chunks.push({ bytes: line.length, lines: [line] });
  }
  const store = createStore(generation);
  return [...bins].flatMap(([bin, chunks]) =>
    chunks.map(({ lines }, at) =>
      store.putAnyway({
        pk: binPartition(bin),
        sk: `${name}#${at}`,
        facts: gzipSync(`[${lines.join()}]`, { level: 1 }),
      }),
    ),
  );
};

const readBin = (generation: number, bin: string, names?: string) =>
  queryItems({
    TableName: viewsTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': inGeneration(generation, binPartition(bin)) },
    ConsistentRead: true,
    ...(names ? { ProjectionExpression: names } : {}),
  });

/** All facts of a bin. */
export const readWaiting = async (generation: number, bin: string): Promise<readonly Waiting[]> =>
  (await readBin(generation, bin)).flatMap(
    ({ facts }) => JSON.parse(gunzipSync(facts as Uint8Array).toString('utf8')) as Waiting[],
  );

/** Deletes the facts of a bin. Items made of them must all have been put. */
export const deleteWaiting = async (generation: number, bin: string): Promise<void> =>
  deleteItems(viewsTable(), await readBin(generation, bin, 'pk, sk'));
