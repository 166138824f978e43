import type { DomainEvent } from '../../events/catalogue.ts';
import type { Closed } from '../../events/periods.ts';
import type { ChangeLeaf, Leaf, MonthLeaf } from '../closed/leaves.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { inParallel } from '../runtime/batches.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { foldPeriod, settle } from './close-month.ts';
import type { Folded } from './fold.ts';
import { lastEventAround, restateHeld } from './held.ts';
import { makeSources } from './make-sources.ts';
import { hashesOf } from './pseudonyms.ts';
import { putClosed } from './put-closed.ts';
import { collectChanges, presenceLeaves } from './year-leaves.ts';

const closedMonth = async (month: string) => {
  const { state, version } = await aggregate('period').get(month);
  if (!state.closed) throw new Error('a year closes after its months, which stay closed');
  return { month, version, ...state.closed };
};

const monthLeaf = async (name: string): Promise<MonthLeaf> => {
  const { month, version, root, leafCount } = await closedMonth(name);
  return { kind: 'month', month, version, root, leaves: leafCount };
};

const store = async (
  year: string,
  folded: Folded,
  changes: readonly ChangeLeaf[],
  restatedHeld: ReadonlyMap<string, number>,
): Promise<Closed> => {
  const sources = makeSources(year, folded);
  const entered = folded.sheets.flatMap(({ entries }) => entries.map(([id]) => id));
  const hashes = await hashesOf([...new Set(entered)], folded.erased);
  const months = await Promise.all(monthsOf(year).map(monthLeaf));
  const leaves: readonly Leaf[] = [
    ...months,
    ...changes,
    ...presenceLeaves(year, folded, (id) => hashes.get(id) ?? ''),
  ];
  const versions = new Map([...folded.versions, ...restatedHeld]);
  return putClosed({ period: year, sources, leaves, versions, present: new Set() }, changes.length);
};

/** So often the Ledger is read when restatements are behind it. */
const attempts = 5;
/** Activities that are looked at at the same time. */
const lanes = 16;

/**
 * Reads the Ledger until it agrees with the months' restatements on which activities were held. That
 * follows from several streams, so no version of one says whether a restatement is part of the year.
 * @throws Error when something changes during each of five readings
 */
const readYear = async (year: string) => {
  const months = await Promise.all(monthsOf(year).map(closedMonth));
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const changes = await collectChanges(months);
    const folded = await foldPeriod(year, changes.take);
    const unsettled = changes.unsettled(folded);
    if (unsettled.length === 0) return { changes, folded };
    await inParallel(lanes, unsettled, async ({ month, run, activityId }) => {
      const last = await lastEventAround(activityId);
      if (last) await restateHeld(month, run, activityId, last);
    });
  }
  throw new Error('a year changes faster than it is read');
};

/**
 * Closes a year: its figures as the Ledger has them now, which are the closed months with all that was
 * restated since.
 */
export const closeYear = async (event: DomainEvent<'YearCloseStarted'>): Promise<void> => {
  const year = event.aggregate.id;
  const before = await aggregate('period').stateNow(year);
  if (before?.status !== 'closing') return;
  const { changes, folded } = await readYear(year);
  const closed = await store(year, folded, changes.all(folded), changes.restatedHeld());
  await settle(event, (period) => ({
    type: 'YearClosed',
    data: { period: { ...period, status: 'closed', closed } },
  }));
};
