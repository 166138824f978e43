import { readStatus } from '../closed/read-closed.ts';
import { readProgress } from '../closed/store.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { periods } from './contract.ts';
import { mayPrepare } from './policy.ts';
import { readOpen } from './read-open.ts';

/** What somebody sees before they close a month, and while it is being closed. */
export const prepareMonth: UseCase<typeof periods.prepareMonth> = async ({ actor, params, at }) => {
  const { month } = params;
  if (!mayPrepare(actor)) throw new Rejection('forbidden');
  const [open, period, shown, progress] = await Promise.all([
    readOpen(month, localDateOf(at, settings().timezone)),
    aggregate('period').stateNow(month),
    readStatus(month),
    readProgress(month),
  ]);
  return {
    body: {
      period: month,
      // What was closed a moment ago is closed, also while the Views are late.
      status:
        period?.status === 'closed' && shown === 'restated' ? shown : (period?.status ?? 'open'),
      open,
      stopped: period?.status === 'open',
      progress: period?.status === 'closing' ? progress : null,
    },
  };
};
