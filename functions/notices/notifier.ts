import { subscribe } from '../ledger/subscribe.ts';
import { inParallel } from '../runtime/batches.ts';
import type { Deliver } from './deliver.ts';
import { toInbox } from './inbox.ts';
import { noticesOf } from './notice.ts';
import { toWebhook } from './webhook.ts';

/** The inbox first: no inbox waits for a webhook's server, which may be slow or refuse. */
const ways = (): readonly Deliver[] => {
  const url = process.env.NOTICES_WEBHOOK;
  return [toInbox, ...(url ? [toWebhook(url)] : [])];
};

/**
 * Notifies people of changes to their records, by every configured way. When a way fails, all are
 * repeated; each recognises a notice that it has delivered.
 */
export const handler = subscribe(async (event) => {
  // A sheet has up to 200 people.
  for (const deliver of ways()) await inParallel(10, noticesOf(event), deliver);
});
