import { newestOfEach, type Projected } from '../figures/engine.ts';
import { lineItem } from '../figures/stored-items.ts';
import { ledgerKey } from '../ledger/ledger.ts';
import { allOf } from '../runtime/batches.ts';
import {
  advance,
  type Progress,
  portionsOf,
  readProgress,
  type Step,
  type Work,
} from './progress.ts';
import { type Page, parts, type ScanKey, scanLedger } from './scan-ledger.ts';

/** The row of the Ledger that a line was made from. */
const rowOf = ({ event: { aggregate } }: Projected): ScanKey => ({
  pk: ledgerKey(aggregate),
  version: aggregate.version,
});

/**
 * The steps for a page. Only the newest event of each aggregate in the page is put. A newer one in
 * the next page overwrites it; events appended later are taken in by the projector and `rebuild`.
 */
const stepsOf = ({ projected, next }: Page): readonly Step<ScanKey>[] => {
  const portions = portionsOf(newestOfEach(projected));
  return portions.map((portion, at) => {
    const items = portion.map(lineItem);
    const last = at < portions.length - 1 ? portion.at(-1) : undefined;
    return last
      ? { items, after: rowOf(last), done: false }
      : { items, after: next ?? null, done: !next };
  });
};

const loadPart = async (work: Work, hasTime: () => boolean): Promise<Progress<ScanKey>> => {
  let progress = await readProgress<ScanKey>(work);
  while (!progress.done && hasTime()) {
    const page = await scanLedger(work.part, progress.after ?? undefined);
    progress = await advance(work, progress, stepsOf(page));
  }
  return progress;
};

/**
 * Puts a line for each aggregate of the Ledger into a generation that nothing else writes to yet.
 * It does not count. When all parts are done, these lines no longer change.
 */
export const loadLines = (
  generation: number,
  hasTime: () => boolean,
): Promise<readonly Progress<ScanKey>[]> =>
  allOf(
    Array.from({ length: parts }, (_, part) =>
      loadPart({ generation, task: 'load', part }, hasTime),
    ),
  );
