import { apply } from '../figures/apply.ts';
import { dateOfSheet } from '../figures/layout.ts';
import { shortSheet } from '../figures/packing.ts';
import { pageWith } from '../figures/pages.ts';
import { createStore, type Store } from '../figures/store.ts';
import { allOf, chunksOf } from '../runtime/batches.ts';
import { newestOf, type Stream } from './facts.ts';
import { parts, type ScanKey, scanStreams } from './scan-ledger.ts';

/** Events that are taken in at once. */
const batch = 100;

/**
 * The version that the generation has of a stream; 0 for none. A row and the figures beside it were
 * loaded together, and what the projector writes it writes whole, or its message comes again.
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
  return page.children.get(short)?.version ?? 0;
};

const takePart = async (generation: number, part: number): Promise<void> => {
  const store = createStore(generation);
  let from: ScanKey | undefined;
  do {
    const { streams, next } = await scanStreams(part, from);
    const versions = await Promise.all(streams.map((stream) => versionIn(store, stream)));
    const newer = streams.flatMap((stream, at) =>
      stream.filter(({ event }) => event.aggregate.version > (versions[at] ?? 0)),
    );
    for (const events of chunksOf(newer, batch)) {
      const [failure] = await apply(events, generation);
      if (failure) throw failure.error;
    }
    from = next;
  } while (from);
};

/**
 * Reads the Ledger once more, and takes in what is newer than the generation. It writes as the
 * projector does, which writes here too; the later of the two finds nothing to do.
 */
export const takeNewer = async (generation: number): Promise<void> => {
  await allOf(Array.from({ length: parts }, (_, part) => takePart(generation, part)));
};
