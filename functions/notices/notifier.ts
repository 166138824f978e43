import { subscribe } from '../ledger/subscribe.ts';
import { noticesOf } from '../people/notice.ts';
import { inParallel } from '../runtime/batches.ts';
import { toInbox } from './inbox.ts';

/** Puts what people are told of an event into their inboxes. A repeated event gives the same notices. */
export const handler = subscribe(async (event) => {
  // A sheet has up to 200 people.
  await inParallel(10, noticesOf(event), toInbox);
});
