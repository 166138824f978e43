import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';

/** What a subscriber does with an event. It may get an event twice, and events in any order. */
export type React = (event: DomainEvent) => Promise<unknown>;

/**
 * Hands over a batch, one event after the other. Reports only the events that cannot be read or
 * handled: the queue delivers those again, and at last moves them to the dead-letter queue.
 */
export const reactToEach = async (
  { Records }: SQSEvent,
  react: React,
): Promise<SQSBatchResponse> => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    let event: DomainEvent | undefined;
    try {
      event = readEvent((JSON.parse(body) as { detail?: unknown }).detail);
      await react(event);
    } catch (error) {
      const { type, correlationId } = event ?? {};
      logger.error('event not handled', {
        ...{ messageId, type, correlationId },
        error: error as Error,
      });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};

/** The function behind a subscriber's queue. */
export const subscribe = (react: React) =>
  chain<SQSEvent, SQSBatchResponse>().handler((batch) => reactToEach(batch, react));
