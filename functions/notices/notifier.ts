import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { reactToEach } from '../ledger/subscribe.ts';
import { chain } from '../runtime/chain.ts';
import type { Deliver } from './deliver.ts';
import { toInbox } from './inbox.ts';
import { noticeOf } from './notice.ts';
import { toWebhook } from './webhook.ts';

const ways = (): readonly Deliver[] => {
  const url = process.env.NOTICES_WEBHOOK;
  return [toInbox, ...(url ? [toWebhook(url)] : [])];
};

/**
 * Delivers the notices of a whole batch by one way before it begins with the next: no inbox waits
 * for somebody else's server, which may let every notice wait until there is no time left.
 */
export const notifyBy =
  (deliveries: readonly Deliver[]) =>
  async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = new Set<string>();
    for (const deliver of deliveries) {
      const { batchItemFailures } = await reactToEach(batch, async (event) => {
        const notice = noticeOf(event);
        if (notice) await deliver(notice);
      });
      for (const { itemIdentifier } of batchItemFailures) failed.add(itemIdentifier);
    }
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Tells people what happens to their records: each notice by every way there is. */
export const handler = chain<SQSEvent, SQSBatchResponse>().handler((batch) =>
  notifyBy(ways())(batch),
);
