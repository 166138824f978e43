import type { Fact } from '../../events/catalogue.ts';
import type { Period, StillOpen } from '../../events/periods.ts';
import { Rejection } from '../refusals/decision.ts';
import { monthOf } from '../runtime/calendar.ts';

/** A close that was ordered so many milliseconds ago has failed, or its function has ended. */
const staleMs = 1_200_000;

/** Who orders a close, and when. */
export interface Order {
  readonly actorId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The local date of that. */
  readonly today: string;
}

/** The last month of a period. */
const lastMonthOf = (period: string): string => (period.length === 4 ? `${period}-12` : period);

const begun = (
  before: Period | undefined,
  period: string,
  acceptOpen: boolean,
  { actorId, at, today }: Order,
): Period => {
  if (monthOf(today) <= lastMonthOf(period)) throw new Rejection('period-not-over', { period });
  const isStale = before !== undefined && at - Date.parse(before.startedAt) >= staleMs;
  if (before && before.status !== 'open' && !(before.status === 'closing' && isStale))
    throw new Rejection('illegal-transition', { status: before.status, action: 'close-period' });
  return {
    ...{ period, status: 'closing', acceptOpen, closedBy: actorId, open: null, closed: null },
    startedAt: new Date(at).toISOString(),
  };
};

const countsIn = (open: StillOpen) => ({ ...open });

/**
 * Orders the close of a month. One that was ordered before and has not come to its end in twenty minutes
 * may be ordered again.
 * @param open what is open as far as is known, which the close itself looks up in the Ledger
 * @throws Rejection `period-not-over`; `illegal-transition`; `period-has-open-work` unless it is accepted
 */
export const startMonth = (
  before: Period | undefined,
  month: string,
  { acceptOpen, open }: { readonly acceptOpen: boolean; readonly open: StillOpen },
  order: Order,
): Fact<'MonthCloseStarted'> => {
  const period = begun(before, month, acceptOpen, order);
  if (!acceptOpen && Object.values(open).some((count) => count > 0))
    throw new Rejection('period-has-open-work', countsIn(open));
  return { type: 'MonthCloseStarted', data: { period } };
};

/**
 * Orders the close of a year.
 * @param notClosed its months that are not closed
 * @throws Rejection `period-not-over`; `illegal-transition`; `months-not-closed`
 */
export const startYear = (
  before: Period | undefined,
  year: string,
  notClosed: readonly string[],
  order: Order,
): Fact<'YearCloseStarted'> => {
  const period = begun(before, year, true, order);
  if (notClosed.length > 0)
    throw new Rejection('months-not-closed', { months: notClosed.join(', ') });
  return { type: 'YearCloseStarted', data: { period } };
};
