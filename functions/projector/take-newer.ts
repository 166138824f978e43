import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { apply } from '../figures/apply.ts';
import { isAsMade } from '../figures/documents.ts';
import { dateOfSheet, type Key } from '../figures/layout.ts';
import { shortSheet } from '../figures/packing.ts';
import { pageWith } from '../figures/pages.ts';
import { readPersonYear } from '../figures/person-items.ts';
import { createStore, type Store } from '../figures/store.ts';
import { allOf, chunksOf } from '../runtime/batches.ts';
import { deleteItems, dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';
import { factOf, newestOf, type Stream } from './facts.ts';
import { parts, type ScanKey, scanStreams } from './scan-ledger.ts';

/** Streams that are taken in at once, and events. */
const batch = 100;

/**
 * Whether somebody's entry of a sheet is missing, or an older one. A sheet's event names only the entries
 * that it changed: the projector may have one from after it joined, and not have had those before.
 */
const lacksEntries = async (store: Store, stream: Stream): Promise<boolean> => {
  const fact = factOf(stream);
  if (fact?.of !== 'sheet') return false;
  const year = fact.place.serviceDate.slice(0, 4);
  const lacks = await Promise.all(
    fact.entries.map(async ([volunteerId, { version }]) => {
      const { entries } = await readPersonYear(store, volunteerId, year);
      return (entries.get(fact.id)?.version ?? 0) < version;
    }),
  );
  return lacks.includes(true);
};

/**
 * The version that the generation has whole of a stream; 0 for none. A row and the figures beside it, or a
 * sheet and its entries, were loaded together: what was not loaded lies in a page that was put since. What
 * the projector has begun it writes whole, or its message comes again; for what a rebuild has begun see
 * `take`.
 */
const versionIn = async (store: Store, stream: Stream): Promise<number> => {
  const { event, projection } = newestOf(stream);
  if (projection.row) return Number((await store.read(projection.row))?.version ?? 0);
  if (projection.figures?.of !== 'sheet') return 0;
  const { id } = event.aggregate;
  const { areaId } = projection.figures.place;
  const month = dateOfSheet(id).slice(0, 7);
  const short = shortSheet(id);
  const page = await pageWith(store, { kind: 'sheets', month, areaId }, short);
  const version = page.children.get(short)?.version ?? 0;
  const isWhole = isAsMade(page) || version === 0 || !(await lacksEntries(store, stream));
  return isWhole ? version : 0;
};

/** The streams that are being taken in, noted while that may be unfinished. */
const noteKey = (generation: number, part: number, first: string): Key => ({
  pk: pointerKey.pk,
  sk: `${generation}#take#${part}#${first}`,
});

const nameOf = (stream: Stream): string => {
  const { type, id } = newestOf(stream).event.aggregate;
  return `${type}#${id}`;
};

interface Note extends Key {
  readonly streams: readonly string[];
}

const notesOf = async (generation: number, part: number): Promise<readonly Note[]> => {
  const { pk, sk } = noteKey(generation, part, '');
  return (await queryItems({
    TableName: viewsTable(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': sk },
    ConsistentRead: true,
  })) as unknown as readonly Note[];
};

/**
 * Takes streams in. An event is written in several steps, and a run may end between two of them: then
 * the generation has the version, and not all that follows from it. So the streams are noted first, and
 * the next run takes those in that it finds noted.
 */
const take = async (
  generation: number,
  part: number,
  streams: readonly Stream[],
): Promise<void> => {
  const [first] = streams;
  if (!first) return;
  const key = noteKey(generation, part, nameOf(first));
  await dynamodb.send(
    new PutCommand({ TableName: viewsTable(), Item: { ...key, streams: streams.map(nameOf) } }),
  );
  for (const events of chunksOf(streams.flat(), batch)) {
    const [failure] = await apply(events, generation);
    if (failure) throw failure.error;
  }
  await deleteItems(viewsTable(), [{ ...key }]);
};

const takePart = async (generation: number, part: number): Promise<void> => {
  const store = createStore(generation);
  const notes = await notesOf(generation, part);
  const unfinished = new Set(notes.flatMap(({ streams }) => streams));
  let from: ScanKey | undefined;
  do {
    const { streams, next } = await scanStreams(part, from);
    const versions = await Promise.all(streams.map((stream) => versionIn(store, stream)));
    const newer = streams.filter(
      (stream, at) =>
        newestOf(stream).event.aggregate.version > (versions[at] ?? 0) ||
        unfinished.has(nameOf(stream)),
    );
    for (const some of chunksOf(newer, batch)) await take(generation, part, some);
    from = next;
  } while (from);
  await deleteItems(
    viewsTable(),
    notes.map(({ pk, sk }) => ({ pk, sk })),
  );
};

/**
 * Reads the Ledger once more, and takes in what is newer than the generation. It writes as the
 * projector does, which writes here too; the later of the two finds nothing to do.
 */
export const takeNewer = async (generation: number): Promise<void> => {
  await allOf(Array.from({ length: parts }, (_, part) => takePart(generation, part)));
};
