import type { Webhook } from '../../events/webhooks.ts';
import { aggregate, type FactOf } from '../ledger/aggregate.ts';
import { dueByTime } from '../ledger/follow-up.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { type Health, listedPut, readHealth } from './store.ts';

/**
 * Changes a webhook because its receiver fails, decided on the webhook and on how its receiver fares now.
 * Whoever enables the webhook, or gives it another URL, begins anew, and then nothing is changed.
 * @param at epoch milliseconds
 * @param noted the write of the same transaction that says so of the receiver, if it fails as it did
 */
export const changeFailing = async (
  { webhookId: id, failingSince }: Health,
  at: number,
  decide: (webhook: Webhook) => FactOf<'webhook'> | null,
  noted: AlsoWrite,
): Promise<void> => {
  await aggregate('webhook').execute(id, {
    ...dueByTime('leifeng:webhooks', at, `webhook-${id}`),
    decide: async (webhook) =>
      (await readHealth(id, true))?.failingSince === failingSince ? decide(webhook) : null,
    alsoWrite: async (_, { data: { webhook } }) => [listedPut({ id, webhook }), noted],
  });
};
