import { outboundTable } from '../runtime/settings.ts';
import { readList } from './store.ts';
import type { Subscription } from './subscription.ts';

/**
 * Milliseconds for which a container keeps the list of webhooks. An event that is recorded less than this
 * after a webhook was created or changed may still be treated by the list from before.
 */
const staleMs = 2_000;

let kept: { readonly of: string; readonly list: readonly Subscription[]; readonly until: number };

/** All webhooks, at most `staleMs` old. Uses the machine's own clock, which dates no decision. */
export const subscriptions = async (): Promise<readonly Subscription[]> => {
  const of = outboundTable();
  const now = performance.now();
  if (kept?.of !== of || kept.until <= now)
    kept = { of, list: await readList(), until: now + staleMs };
  return kept.list;
};
