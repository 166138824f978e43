import type { Period, Restatement, StillOpen } from '../../events/periods.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { monthsOf, yearOf } from '../runtime/calendar.ts';
import { listOfRestatements, periodRows, restatementRows } from '../views/keys.ts';
import { itemsAt, type ListQuery, listItems } from '../views/views.ts';
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
  readonly startedAt: string;
  readonly closed: { readonly run: string } | null;
}

/** A restatement as the Views list it, with the version of its own stream. */
export interface ListedRestatement extends Restatement {
  readonly own: { readonly type: string; readonly id: string; readonly version: number };
}

/** The first restatements of a list. */
export interface Restatements {
  /** At most `mostRestatements`. */
  readonly first: readonly ListedRestatement[];
  /** Whether there are no others. */
  readonly areAll: boolean;
}

/**
 * Restatements that are read at once. Anybody may ask for a closed period, so what that reads is bounded;
 * all restatements are listed page by page for staff.
 */
const mostRestatements = 250;

/** Restatements by closed month, in the order of time, and among a month's those since a time. */
const readRestatements = async (
  query: Pick<ListQuery, 'index' | 'partition' | 'prefix' | 'from' | 'until' | 'descending'>,
  limit = mostRestatements,
): Promise<Restatements> => {
  const { items, next } = await listItems({ ...query, limit });
  const first = items.map(({ row, id, version }) => ({
    ...(row as Restatement),
    own: { type: 'restatement', id: String(id), version: Number(version) },
  }));
  return { first, areAll: next === null };
};

const amongMonth = (month: string) =>
  ({
    index: 'items',
    partition: restatementRows(yearOf(month)),
    prefix: `${month}#`,
  }) as const;

/** What changed in a closed month since, or in the months of a year: oldest month first, in the order of time. */
export const restatementsOf = async (period: string): Promise<Restatements> =>
  readRestatements(
    period.length === 4
      ? { index: 'items', partition: restatementRows(period) }
      : amongMonth(period),
  );

/** The last change of a closed month. */
export const newestRestatementOf = async (month: string): Promise<ListedRestatement | undefined> =>
  (await readRestatements({ ...amongMonth(month), descending: true }, 1)).first[0];

const isMonthRestated = async (month: string): Promise<boolean> =>
  (await readRestatements(amongMonth(month), 1)).first.length > 0;

/** An event is appended within this time after its request came, which it is recorded with. */
export const appendedWithinMs = 900_000;

/**
 * Whether a restatement came after a year was closed: whether the close had not read its cause. Whether an activity
 * was held has several causes: there the versions say which restatement the close agreed with.
 * @param versions those of the run of the year, by `<type>#<id>`
 */
export const isAfter = (
  { held, own, cause }: ListedRestatement,
  versions: ReadonlyMap<string, number>,
): boolean => {
  const { type, id, version } = held ? own : cause.aggregate;
  return version > (versions.get(`${type}#${id}`) ?? 0);
};

/**
 * What in a year's months changed after the year's close, which contains the changes before it. What was
 * appended before the close was ordered is part of it; of what came later, the versions say whether it is.
 */
export const restatementsAfter = async (
  year: string,
  { run, startedAt }: { readonly run: string; readonly startedAt: string },
  most = mostRestatements,
): Promise<Restatements> => {
  const since = new Date(Date.parse(startedAt) - appendedWithinMs).toISOString();
  const later = await Promise.all(
    monthsOf(year).map((month) =>
      readRestatements(
        {
          index: 'items',
          partition: restatementRows(year),
          from: `${month}#${since}`,
          until: `${month}$`,
        },
        most,
      ),
    ),
  );
  const candidates = later.flatMap(({ first }) => first);
  if (candidates.length === 0) return { first: [], areAll: true };
  const versions = await readVersions(run);
  const after = candidates.filter((each) => isAfter(each, versions));
  return {
    first: after.slice(0, most),
    areAll: after.length <= most && later.every(({ areAll }) => areAll),
  };
};

/** Restatements of each month that are looked at first: one is enough, unless the close contains it. */
const few = 5;

const isYearRestated = async (
  year: string,
  closed: Parameters<typeof restatementsAfter>[1],
): Promise<boolean> => {
  const { first, areAll } = await restatementsAfter(year, closed, few);
  return first.length > 0 || (!areAll && (await restatementsAfter(year, closed)).first.length > 0);
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
      ? await isYearRestated(period, { run, startedAt: row.startedAt })
      : await isMonthRestated(period);
  return { status: isRestated ? 'restated' : 'closed', run };
};

/** `standingOf`, only where it stands. */
export const readStatus = async (period: string): Promise<PeriodStatus> =>
  (await standingOf(period)).status;

/** What was changed in closed months by what people did in a month. */
export const restatementsMadeIn = async (month: string): Promise<Restatements> =>
  readRestatements({ index: 'lists', partition: listOfRestatements(month) });
