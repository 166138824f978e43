import type { Period } from '../../events/periods.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution, type FactOf, type Versioned } from '../ledger/aggregate.ts';
import { localDateOf, monthsOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { periods } from './contract.ts';
import { type Order, startMonth, startYear } from './decider.ts';
import { mayClose } from './policy.ts';
import { readWork } from './read-open.ts';

const orderOf = ({
  actor,
  at,
}: {
  readonly actor: { readonly id: string };
  readonly at: number;
}): Order => ({ actorId: actor.id, at, today: localDateOf(at, settings().timezone) });

const answerOf = ({ state: { period, status }, version }: Versioned<Period>) => ({
  body: { period, status, version },
  version,
});

/** Orders a close, of a period that may have been ordered before. */
const order = async (
  period: string,
  request: Execution<'period'>['request'],
  start: (before: Period | undefined) => Promise<FactOf<'period'>>,
) => {
  const role = mayClose(request.actor);
  return answerOf(
    await aggregate('period').execute(period, {
      request,
      authorise: () => role,
      authoriseAbsent: () => role,
      alwaysAppends: true,
      begin: () => start(undefined),
      decide: start,
    }),
  );
};

/** Orders the close of a month. The close itself follows from the event: see `closing/close-month.ts`. */
export const closeMonth: UseCase<typeof periods.closeMonth> = async (request) => {
  const { params, body } = request;
  const given = orderOf(request);
  const start = async (before: Period | undefined) => {
    const { open } = await readWork(params.month, given.today);
    return startMonth(before, params.month, { acceptOpen: body.acceptOpen, open }, given);
  };
  return order(params.month, request, start);
};

/** The months of a year that are not closed, by the Ledger. A closed month stays closed. */
const notClosedIn = async (year: string): Promise<readonly string[]> => {
  const states = await Promise.all(
    monthsOf(year).map(async (month) => ({
      month,
      state: await aggregate('period').stateNow(month),
    })),
  );
  return states.flatMap(({ month, state }) => (state?.status === 'closed' ? [] : [month]));
};

/** Orders the close of a year. */
export const closeYear: UseCase<typeof periods.closeYear> = async (request) => {
  const { params } = request;
  const given = orderOf(request);
  const start = async (before: Period | undefined) =>
    startYear(before, params.year, await notClosedIn(params.year), given);
  return order(params.year, request, start);
};
