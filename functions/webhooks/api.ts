import { pageAfter } from '../http/cursor.ts';
import { serve } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { managedWebhook } from './attempt.ts';
import { createWebhook, deleteWebhook, reviseWebhook, rotateSecret } from './change-webhook.ts';
import { webhooks } from './contract.ts';
import { mayManageWebhooks } from './policy.ts';
import { pullEvents } from './pull-events.ts';
import { recoverDeliveries, resendDelivery, shownDelivery } from './send-again.ts';
import { queryLogged, readHealth, readList } from './store.ts';
import { testWebhook } from './test-webhook.ts';

/** A list with a filter reads this many deliveries for a page, however few match. */
const filteredReadSize = 250;

export const handler = serve(webhooks, {
  createWebhook,
  reviseWebhook,
  deleteWebhook,
  rotateSecret,
  testWebhook,
  resendDelivery,
  recoverDeliveries,
  pullEvents,
  listWebhooks: async ({ actor }) => {
    if (!mayManageWebhooks(actor)) throw new Rejection('forbidden');
    return {
      body: { items: (await readList()).map(({ id, webhook }) => ({ id, ...webhook })) },
    };
  },
  readWebhook: async ({ actor, params: { id } }) => {
    const { webhook, version } = await managedWebhook(actor, id);
    const health = (await readHealth(id)) ?? null;
    return { body: { id, ...webhook, version, health } };
  },
  listDeliveries: async ({ actor, params: { id }, query: { status, limit, cursor } }) => {
    await managedWebhook(actor, id);
    const body = await pageAfter(['deliveries', id, status ?? ''], cursor, async (after) => {
      const read = await queryLogged(id, { limit: status ? filteredReadSize : limit, after });
      const matching = read.items.filter((each) => !status || each.status === status);
      const shown = matching.slice(0, limit);
      const last = matching.length > limit ? (shown.at(-1)?.id ?? null) : read.last;
      return { items: shown.map(shownDelivery), last };
    });
    return { body };
  },
});
