import type { DomainEvent } from '../../events/catalogue.ts';
import type { Closed } from '../../events/periods.ts';
import type { ChangeLeaf, Leaf, MonthLeaf } from '../closed/leaves.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { monthsOf } from '../runtime/calendar.ts';
import { foldPeriod, settle } from './close-month.ts';
import type { Folded } from './fold.ts';
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
  const { versions } = folded;
  return putClosed({ period: year, sources, leaves, versions, present: new Set() }, changes.length);
};

/**
 * Closes a year: its figures as the Ledger has them now, which are the closed months with all that was
 * restated since.
 */
export const closeYear = async (event: DomainEvent<'YearCloseStarted'>): Promise<void> => {
  const year = event.aggregate.id;
  const before = await aggregate('period').stateNow(year);
  if (before?.status !== 'closing') return;
  const changes = await collectChanges(await Promise.all(monthsOf(year).map(closedMonth)));
  const folded = await foldPeriod(year, changes.take);
  const closed = await store(year, folded, await changes.all(folded));
  await settle(event, (period) => ({
    type: 'YearClosed',
    data: { period: { ...period, status: 'closed', closed } },
  }));
};
