import { newestOfEach, type Projected } from '../figures/engine.ts';
import { allOf } from '../runtime/batches.ts';
import { parts, type ScanKey, scanLedger } from './scan-ledger.ts';

/** Is given some aggregates' newest events; the Ledger is read on when it is done with them. */
export type TakeNewest = (newest: readonly Projected[]) => Promise<void> | void;

interface Part {
  readonly part: number;
  readonly from: ScanKey | undefined;
  readonly waiting: readonly Projected[];
}

/** Gives the newest event of every aggregate in the Ledger, each once: a page of each part at a time. */
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
        // An aggregate's rows are together, but a page may end among them: its last one waits.
        return next
          ? { part, from: next, waiting: newest.slice(-1), whole: newest.slice(0, -1) }
          : { part, from: next, waiting: [], whole: newest };
      }),
    );
    await take(pages.flatMap(({ whole }) => whole));
    reading = pages.filter(({ from }) => from);
  }
};
