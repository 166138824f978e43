import type { Webhook } from '../../events/webhooks.ts';
import { aggregate, type FactOf } from '../ledger/aggregate.ts';
import { dueByTime } from '../ledger/follow-up.ts';
import { listedPut } from './store.ts';

/**
 * Changes a webhook because its receiver fails, decided on its state in the Ledger.
 * @param at epoch milliseconds
 */
export const changeFailing = async (
  id: string,
  at: number,
  decide: (webhook: Webhook) => FactOf<'webhook'> | null,
): Promise<void> => {
  await aggregate('webhook').execute(id, {
    ...dueByTime('leifeng:webhooks', at, `webhook-${id}`),
    decide,
    alsoWrite: async (_, { data: { webhook } }) => [listedPut({ id, webhook })],
  });
};
