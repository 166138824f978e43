import type { Period } from '../../events/periods.ts';
import { type PeriodStatus, readStatus } from '../closed/read-closed.ts';
import { aggregate } from '../ledger/aggregate.ts';

/**
 * Where a period stands by the Ledger: what was closed a moment ago is closed, also while the Views are late.
 * Whether it is restated, the Views say.
 */
export const standingNow = async (
  period: string,
): Promise<{ readonly period: Period | undefined; readonly status: PeriodStatus }> => {
  const [state, shown] = await Promise.all([
    aggregate('period').stateNow(period),
    readStatus(period),
  ]);
  const isRestated = state?.status === 'closed' && shown === 'restated';
  return { period: state, status: isRestated ? shown : (state?.status ?? 'open') };
};
