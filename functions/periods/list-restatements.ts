import type { Restatement } from '../../events/periods.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import { listOfRestatements, restatementRows } from '../views/keys.ts';
import { listItems } from '../views/views.ts';
import type { periods } from './contract.ts';
import { mayPrepare } from './policy.ts';

/** The changes of a closed month, or those that were made in a month, with reason and actor. */
export const listMonthRestatements: UseCase<typeof periods.listMonthRestatements> = async ({
  actor,
  params: { month },
  query: { by, limit, cursor },
}) => {
  if (!mayPrepare(actor)) throw new Rejection('forbidden');
  const { items, next } = await listItems({
    ...(by === 'made'
      ? { index: 'lists' as const, partition: listOfRestatements(month) }
      : {
          index: 'items' as const,
          partition: restatementRows(yearOf(month)),
          prefix: `${month}#`,
        }),
    limit,
    cursor,
  });
  return { body: { items: items.map(({ row }) => row as Restatement), next } };
};
