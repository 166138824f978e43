import { subscribe } from '../shared/subscribe.ts';
import { toInbox } from './inbox.ts';
import { noticeOf } from './notice.ts';
import type { Deliver } from './port.ts';
import { toWebhook } from './webhook.ts';

const adapters = (): readonly Deliver[] => {
  const url = process.env.NOTICES_WEBHOOK;
  return [toInbox, ...(url ? [toWebhook(url)] : [])];
};

/** Tells people what happens to their records: each notice by every way there is. */
export const handler = subscribe(async (event) => {
  const notice = noticeOf(event);
  if (!notice) return;
  // The inbox first: it must not wait for somebody else's server.
  for (const deliver of adapters()) await deliver(notice);
});
