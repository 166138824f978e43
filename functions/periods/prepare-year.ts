import { fieldOfPart, writtenParts } from '../../events/reports.ts';
import { readProgress } from '../closed/store.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf, monthOf, monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { periods } from './contract.ts';
import { mayPrepare } from './policy.ts';
import { readWork } from './read-open.ts';
import { standingNow } from './standing-now.ts';

/** What somebody sees before they close a year: where each of its months stands, and what is open in it. */
export const prepareYear = async (year: string, at: number) => {
  const today = localDateOf(at, settings().timezone);
  const [{ status }, progress, texts, months] = await Promise.all([
    standingNow(year),
    readProgress(year),
    aggregate('report').stateNow(year),
    Promise.all(
      monthsOf(year).map(async (month) => {
        const { status: stands } = await standingNow(month);
        const isOver = month < monthOf(today);
        // Of a closed month, nothing is to be done here.
        const work = stands === 'open' ? await readWork(month, today) : undefined;
        return {
          ...{ period: month, status: stands, isOver },
          ...{ open: work?.open ?? null, isEmpty: work?.isEmpty ?? false },
        };
      }),
    ),
  ]);
  const unwritten = writtenParts.filter((part) => !texts?.[fieldOfPart[part]]);
  return {
    ...{ period: year, status, months, unwritten },
    progress: status === 'closing' ? progress : null,
  };
};

export const yearClosePage: UseCase<typeof periods.yearClosePage> = async ({
  actor,
  params,
  at,
}) => {
  if (!mayPrepare(actor)) throw new Rejection('forbidden');
  return { body: await prepareYear(params.year, at) };
};
