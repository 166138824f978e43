import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { reactToEach } from '../ledger/subscribe.ts';
import { inParallel } from '../runtime/batches.ts';
import { chain } from '../runtime/chain.ts';
import type { Deliver } from './deliver.ts';
import { toInbox } from './inbox.ts';
import { noticesOf } from './notice.ts';
import { toWebhook } from './webhook.ts';

const ways = (): readonly Deliver[] => {
  const url = process.env.NOTICES_WEBHOOK;
  return [toInbox, ...(url ? [toWebhook(url)] : [])];
};

/**
 * Delivers the notices of a whole batch by one way before the next way begins. So no inbox waits
 * for a webhook's server, which may be so slow that no time is left.
 */
export const notifyBy =
  (deliveries: readonly Deliver[]) =>
  async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = new Set<string>();
    for (const deliver of deliveries) {
      const { batchItemFailures } = await reactToEach(batch, async (event) => {
        // A sheet has up to 200 people.
        await inParallel(10, noticesOf(event), deliver);
      });
      for (const { itemIdentifier } of batchItemFailures) failed.add(itemIdentifier);
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Notifies people of changes to their records, by every configured way. */
export const handler = chain<SQSEvent, SQSBatchResponse>().handler((batch) =>
  notifyBy(ways())(batch),
);
