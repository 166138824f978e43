import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { logger } from '../runtime/telemetry.ts';

/**
 * The function behind a subscriber's queue: one event after the other. One that cannot be read or
 * handled is reported alone: it comes again, and in the end lies in the dead-letter queue.
 *
 * @param react has to bear the same event again, and events in any order
 */
export const subscribe =
  (react: (event: DomainEvent) => Promise<unknown>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
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
