import { readLineOrder } from '../figures/line-order.ts';
import { createStore } from '../figures/store.ts';
import { allOf } from '../runtime/batches.ts';
import { type Fact, factOf, rowsOf, type Stream } from './facts.ts';
import { advance, type Progress, readProgress, type Step, type Work } from './progress.ts';
import { endOf, parts, type ScanKey, type Streams, scanStreams } from './scan-ledger.ts';
import { putWaiting, yearsOf } from './staged.ts';

/**
 * The streams of one step: at most so many rows, beside some forty items of waiting facts, which are
 * made of about a megabyte of the Ledger.
 */
const rowsOfStep = 60;

const portionsOf = (
  streams: readonly Stream[],
  orderKey: Uint8Array,
): readonly (readonly Stream[])[] => {
  const portions: Stream[][] = [[]];
  let rows = 0;
  for (const stream of streams) {
    const own = rowsOf(stream, orderKey).length;
    if (rows + own > rowsOfStep) {
      portions.push([]);
      rows = 0;
    }
    rows += own;
    portions.at(-1)?.push(stream);
  }
  return portions;
};

/** The steps for some streams. Rows are put as they are; facts wait until all of them are there. */
function* stepsOf(
  { generation, part }: Work,
  { streams, next }: Streams,
  before: Progress<ScanKey>,
  orderKey: Uint8Array,
): Generator<Step<ScanKey>> {
  const store = createStore(generation);
  const portions = portionsOf(streams, orderKey);
  for (const [at, portion] of portions.entries()) {
    const facts = portion.flatMap((stream): Fact[] => {
      const fact = factOf(stream);
      return fact ? [fact] : [];
    });
    const rows = portion.flatMap((stream) => rowsOf(stream, orderKey).map(store.putAnyway));
    const last = at < portions.length - 1 ? portion.at(-1) : undefined;
    yield {
      actions: [...rows, ...putWaiting(generation, facts, `${part}#${before.steps + at}`)],
      years: yearsOf(facts),
      ...(last ? { after: endOf(last), done: false } : { after: next ?? null, done: !next }),
    };
  }
}

const loadPart = async (work: Work, hasTime: () => boolean): Promise<Progress<ScanKey>> => {
  let progress = await readProgress<ScanKey>(work);
  while (!progress.done && hasTime()) {
    const streams = await scanStreams(work.part, progress.after ?? undefined);
    progress = await advance(
      work,
      progress,
      stepsOf(work, streams, progress, await readLineOrder()),
    );
  }
  return progress;
};

/**
 * Puts the row of each aggregate of the Ledger into a generation that nothing else writes to yet, and
 * lets what the figures keep of it wait there. When all parts are done, neither changes any more.
 */
export const loadFacts = (
  generation: number,
  hasTime: () => boolean,
): Promise<readonly Progress<ScanKey>[]> =>
  allOf(
    Array.from({ length: parts }, (_, part) =>
      loadPart({ generation, task: 'load', part }, hasTime),
    ),
  );
