import { expect } from '@jest/globals';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import type { subscribe } from '../../functions/ledger/subscribe.ts';
import { handler } from '../../functions/projector/projector.ts';
import { scanItems } from '../../functions/runtime/dynamodb.ts';
import { invoke } from './invoke.ts';

/** Messages as the rule puts them into the queue. A text is used as the body unchanged. */
export const batchOf = (bodies: readonly (DomainEvent | string)[]): SQSEvent =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m-${at}`,
      body: typeof body === 'string' ? body : JSON.stringify({ detail: body }),
    })),
  }) as unknown as SQSEvent;

export const failedOf = ({ batchItemFailures }: SQSBatchResponse): readonly string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

type Follower = ReturnType<typeof subscribe>;

/**
 * Invokes a follower with each event, one after the other, as the bus does.
 * @returns the events that it could not handle
 */
export const follow = async (
  follower: Follower,
  events: readonly DomainEvent[],
): Promise<readonly DomainEvent[]> => {
  const failed: DomainEvent[] = [];
  for (const detail of events) await invoke(follower, { detail }).catch(() => failed.push(detail));
  return failed;
};

/** Delivers a batch to the projector and, as the queue does, failed messages again. */
export const deliver = async (events: readonly DomainEvent[]): Promise<void> => {
  let left = events;
  for (let receives = 0; left.length > 0; receives += 1) {
    expect(receives).toBeLessThan(20);
    const failed = new Set(failedOf(await invoke(handler, batchOf(left))));
    left = left.filter((_, at) => failed.has(`m-${at}`));
  }
};

type Item = Readonly<Record<string, unknown>>;

export const allViews = async (): Promise<readonly Item[]> => {
  const items: Item[] = [];
  await scanItems({ TableName: process.env.VIEWS_TABLE }, (item) => items.push(item));
  return items;
};
