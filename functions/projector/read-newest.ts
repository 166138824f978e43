import { newestOfEach, type Projected } from '../figures/engine.ts';
import { allOf } from '../runtime/batches.ts';
import { parts, type ScanKey, scanLedger } from './scan-ledger.ts';

/** Called with some aggregates' newest events. The Ledger is read on after it has finished. */
export type TakeNewest = (newest: readonly Projected[]) => Promise<void> | void;

interface Part {
  readonly part: number;
  readonly from: ScanKey | undefined;
  readonly waiting: readonly Projected[];
}

/**
 * Passes on the newest event of every aggregate in the Ledger, once each, one page of each part at
 * a time.
 */
export const readNewest = async (take: TakeNewest): Promise<void> => {
  let reading: readonly Part[] = Array.from({ length: parts }, (_, part) => ({
    part,
    from: undefined,
    waiting: [],
  }));
  while (reading.length > 0) {
    const pages = await allOf(
      reading.map(async ({ part, from, waiting }) => {
        const { projected, next } = await scanLedger(part, from);
        const newest = newestOfEach([...waiting, ...projected]);
        // An aggregate's rows are adjacent, but may continue on the next page: the last aggregate
        // waits for it.
        return next
          ? { part, from: next, waiting: newest.slice(-1), whole: newest.slice(0, -1) }
          : { part, from: next, waiting: [], whole: newest };
      }),
    );
    await take(pages.flatMap(({ whole }) => whole));
    reading = pages.filter(({ from }) => from);
  }
};
