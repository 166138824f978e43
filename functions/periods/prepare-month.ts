import { readProgress } from '../closed/store.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf, monthOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { periods } from './contract.ts';
import { mayPrepare } from './policy.ts';
import { readWork } from './read-open.ts';
import { standingNow } from './standing-now.ts';

/** What somebody sees before they close a month, and while it is being closed. */
export const prepareMonth: UseCase<typeof periods.prepareMonth> = async ({ actor, params, at }) => {
  const { month } = params;
  if (!mayPrepare(actor)) throw new Rejection('forbidden');
  const [{ open }, { period, status }, progress] = await Promise.all([
    readWork(month, localDateOf(at, settings().timezone)),
    standingNow(month),
    readProgress(month),
  ]);
  return {
    body: {
      period: month,
      status,
      open,
      stopped: period?.status === 'open',
      progress: period?.status === 'closing' ? progress : null,
    },
  };
};

/** What somebody sees before they close a month on its page, also while it is not over. */
export const monthClosePage: UseCase<typeof periods.monthClosePage> = async (request) => {
  const { body } = await prepareMonth({ ...request });
  const today = localDateOf(request.at, settings().timezone);
  return { body: { ...body, isOver: request.params.month < monthOf(today) } };
};
