import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readEvent } from '../../events/catalogue.ts';
import { apply } from '../figures/apply.ts';
import type { Projected } from '../figures/projected.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { writtenGenerations } from '../views/generations.ts';
import { projectEvent } from './project-event.ts';

interface Message {
  readonly record: SQSRecord;
  readonly projected: Projected;
}

/**
 * Takes the events into each generation. The generations are read after the events were received. If
 * `building` is not set yet here, the events were appended before it was set, and the rebuild finds
 * them in the Ledger.
 *
 * @returns the messages whose events could not be taken in
 */
const take = async (messages: readonly Message[]): Promise<readonly SQSRecord[]> => {
  if (messages.length === 0) return [];
  const all = messages.map(({ projected }) => projected);
  const failed = new Set<Projected>();
  try {
    for (const generation of await writtenGenerations())
      for (const { projected, error } of await apply(all, generation)) {
        const { correlationId } = projected.event;
        if (!failed.has(projected)) logger.error('event not projected', { correlationId, error });
        failed.add(projected);
      }
  } catch (error) {
    logger.error('events not projected', { error: error as Error });
    for (const projected of all) failed.add(projected);
  }
  return messages.flatMap(({ record, projected }) => (failed.has(projected) ? [record] : []));
};

/**
 * Takes a batch of the queue into the Views. Reports only the messages that cannot be read, or whose
 * event could not be taken in whole: they are delivered again, and at last moved to the dead-letter
 * queue.
 */
const project = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = new Set<string>();
  const messages: Message[] = [];
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
  for (const { messageId } of await take(messages)) failed.add(messageId);
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
};

export const handler = chain<SQSEvent, SQSBatchResponse>().handler(project);
