import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readEvent } from '../../events/catalogue.ts';
import { apply, newestOfEach, type Projected, transactionChunksOf } from '../figures/engine.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { projectEvent } from './project-event.ts';

/**
 * Takes a batch of the queue into the Views. Reports only the messages that cannot be read, or
 * whose chunk cannot be written: they are delivered again, and at last moved to the dead-letter
 * queue.
 */
const project = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = new Set<string>();
  const messages: { record: SQSRecord; projected: Projected }[] = [];
  for (const record of event.Records)
    try {
      const { detail } = JSON.parse(record.body) as { detail?: unknown };
      const projected = projectEvent(readEvent(detail));
      if (projected) messages.push({ record, projected });
    } catch (error) {
      logger.error('unreadable event', {
        messageId: record.messageId,
        reason: (error as Error).message,
      });
      failed.add(record.messageId);
    }
  for (const chunk of transactionChunksOf(
    newestOfEach(messages.map(({ projected }) => projected)),
  )) {
    try {
      // Read after the events were received. If `building` is not set yet here, the events were
      // appended before it was set, and the rebuild finds them in the Ledger. Otherwise they are
      // applied here.
      const { live, building } = await readGenerations();
      await apply(chunk, live);
      if (building !== null) await apply(chunk, building);
    } catch (error) {
      const correlationIds = [...new Set(chunk.map(({ event }) => event.correlationId))];
      logger.error('events not projected', { correlationIds, error: error as Error });
      const missing = new Set(
        chunk.map(({ event: { aggregate } }) => `${aggregate.type}#${aggregate.id}`),
      );
      for (const { record, projected } of messages) {
        const { type, id } = projected.event.aggregate;
        if (missing.has(`${type}#${id}`)) failed.add(record.messageId);
      }
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
};

export const handler = chain<SQSEvent, SQSBatchResponse>().handler(project);
