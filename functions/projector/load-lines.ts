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
 * The steps of a page. The newest event in it of each aggregate is enough: a newer one in the next
 * page is put over it, and what is appended later is not looked for here.
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
 * Puts a line for each aggregate of the Ledger into a generation that nobody else writes to yet,
 * and adds up nothing. When all parts are done these lines are fixed.
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
