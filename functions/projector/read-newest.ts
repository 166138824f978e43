import type { Projected } from '../figures/projected.ts';
import { allOf } from '../runtime/batches.ts';
import { newestOf } from './facts.ts';
import { parts, type ScanKey, scanStreams } from './scan-ledger.ts';

/** Called with some aggregates' newest events. The Ledger is read on after it has finished. */
export type TakeNewest = (newest: readonly Projected[]) => Promise<void> | void;

/** Passes on the newest event of every aggregate in the Ledger, once each, a page at a time. */
export const readNewest = async (take: TakeNewest): Promise<void> => {
  const readPart = async (part: number): Promise<void> => {
    let from: ScanKey | undefined;
    do {
      const { streams, next } = await scanStreams(part, from);
      await take(streams.map(newestOf));
      from = next;
    } while (from);
  };
  await allOf(Array.from({ length: parts }, (_, part) => readPart(part)));
};
