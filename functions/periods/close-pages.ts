import type { UseCase } from '../http/serve.ts';
import { orRejection, Rejection } from '../refusals/decision.ts';
import { fingerprint } from '../runtime/ids.ts';
import { closeMonth, closeYear } from './close-period.ts';
import type { periods } from './contract.ts';
import { mayClose } from './policy.ts';
import { prepareYear } from './prepare-year.ts';

/** Orders the close of a month, and shows how far it is. */
export const closeMonthPage: UseCase<typeof periods.closeMonthPage> = async (request) => {
  const acceptOpen = request.body.acceptOpen === 'true';
  await closeMonth({ ...request, body: { acceptOpen } });
  return { body: {}, redirect: `/pages/months/${request.params.month}/close` };
};

/** Orders the close of a year, and shows how far it is. */
export const closeYearPage: UseCase<typeof periods.closeYearPage> = async (request) => {
  await closeYear({ ...request });
  return { body: {}, redirect: `/pages/years/${request.params.year}/close` };
};

/** Orders the close of each month of a year that is over and has nothing in it. */
export const closeEmptyMonths: UseCase<typeof periods.closeEmptyMonths> = async (request) => {
  const { actor, params, at, idempotency } = request;
  if (!mayClose(actor)) throw new Rejection('forbidden');
  const { months } = await prepareYear(params.year, at);
  const empty = months.filter(
    ({ status, isOver, isEmpty }) => status === 'open' && isOver && isEmpty,
  );
  // The Ledger decides. A month that is not empty any more, or that somebody else closes now, is left out.
  for (const { period: month } of empty)
    await orRejection(() =>
      closeMonth({
        ...request,
        params: { month },
        body: { acceptOpen: false },
        idempotency: idempotency && { ...idempotency, key: fingerprint(idempotency.key, month) },
      }),
    );
  return { body: {}, redirect: `/pages/years/${params.year}/close` };
};
