import type { Period, Restatement, StillOpen } from '../../events/periods.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { yearOf } from '../runtime/calendar.ts';
import { listOfRestatements, periodRows, restatementRows } from '../views/keys.ts';
import { itemsAt, itemsOf, listItems } from '../views/views.ts';
import type { ClosedSources } from './frozen-sources.ts';
import { readSources, readVersions } from './store.ts';

/** A closed month or year, with what its figures are made of. */
export interface ClosedPeriod {
  /** `yyyy-mm` or `yyyy` */
  readonly period: string;
  /** The version of the period by which it was closed. */
  readonly version: number;
  /** Names what was stored. */
  readonly run: string;
  /** The root of the Merkle tree over its leaves, in hex. */
  readonly root: string;
  readonly leafCount: number;
  /** When its close was ordered (RFC 3339), and by whom. */
  readonly closedAt: string;
  readonly closedBy: string;
  readonly sources: ClosedSources;
  /** What was open then; null of a year. */
  readonly open: StillOpen | null;
}

/** The closed period in a state; undefined when it is not closed. */
export const closedIn = async (
  state: Period,
  version: number,
): Promise<ClosedPeriod | undefined> => {
  const { closed, period, startedAt, closedBy, open } = state;
  if (!closed) return undefined;
  const { run, root, leafCount } = closed;
  const sources = await readSources(run);
  return { period, version, run, root, leafCount, closedAt: startedAt, closedBy, sources, open };
};

/**
 * A closed period; undefined when it is not closed. From the Ledger, so it is there as soon as it is
 * closed.
 */
export const readClosed = async (period: string): Promise<ClosedPeriod | undefined> => {
  const found = await aggregate('period').find(period, false);
  return found && closedIn(found.state, found.version);
};

export type PeriodStatus = 'open' | 'closing' | 'closed' | 'restated';

/** What a period's row says: its state without the figures. */
export interface PeriodRow {
  readonly status: Period['status'];
  readonly closed: { readonly run: string } | null;
}

const restatementIn = ({ row }: Readonly<Record<string, unknown>>) => row as Restatement;

/** What changed in a closed month since, or in the months of a year: oldest month first, in the order of time. */
export const restatementsOf = async (period: string): Promise<readonly Restatement[]> => {
  const items = await itemsOf(
    restatementRows(yearOf(period)),
    period.length === 4 ? {} : { prefix: `${period}#` },
  );
  return items.map(restatementIn);
};

const isMonthRestated = async (month: string): Promise<boolean> => {
  const { items } = await listItems({
    index: 'items',
    partition: restatementRows(yearOf(month)),
    prefix: `${month}#`,
    limit: 1,
  });
  return items.length > 0;
};

/** What in a year's months changed after the year's close, which contains the changes before it. */
export const restatementsAfter = async (
  year: string,
  run: string,
): Promise<readonly Restatement[]> => {
  const [all, versions] = await Promise.all([restatementsOf(year), readVersions(run)]);
  return all.filter(
    ({
      cause: {
        aggregate: { type, id, version },
      },
    }) => version > (versions.get(`${type}#${id}`) ?? 0),
  );
};

/**
 * Where a period stands, as the Views say: `restated` when a change of its figures came after its
 * close. A year contains what its months were restated by before it was closed.
 */
export const standingOf = async (
  period: string,
): Promise<{ readonly status: PeriodStatus; readonly run: string | null }> => {
  const key = { pk: periodRows, sk: period };
  const row = (await itemsAt([key])).get(`${key.pk}|${key.sk}`)?.row as PeriodRow | undefined;
  if (!row?.closed) return { status: row?.status ?? 'open', run: null };
  const { run } = row.closed;
  const isRestated =
    period.length === 4
      ? (await restatementsAfter(period, run)).length > 0
      : await isMonthRestated(period);
  return { status: isRestated ? 'restated' : 'closed', run };
};

/** `standingOf`, only where it stands. */
export const readStatus = async (period: string): Promise<PeriodStatus> =>
  (await standingOf(period)).status;

/** More restatements than a month has. */
const all = 1_000_000;

/** What was changed in closed months by what people did in a month. */
export const restatementsMadeIn = async (month: string): Promise<readonly Restatement[]> => {
  const { items } = await listItems({
    index: 'lists',
    partition: listOfRestatements(month),
    limit: all,
  });
  return items.map(restatementIn);
};
