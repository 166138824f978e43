import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { catalogue, type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { project as projectActivity } from '../activities/projection.ts';
import { project as projectOrganisation } from '../organisations/projection.ts';
import { project as projectHours } from '../participation/projection.ts';
import type { Projection } from '../shared/projection.ts';
import { logger } from '../shared/telemetry.ts';
import { project as projectVolunteer } from '../volunteers/projection.ts';
import { apply, newestOfEach, type Projected } from './engine.ts';

/** Each slice's own projection of its events; a slice without one shows nothing in the Views. */
const projections: Readonly<Record<string, (event: never) => Projection>> = {
  activities: projectActivity,
  organisations: projectOrganisation,
  participation: projectHours,
  volunteers: projectVolunteer,
};

export const projectEvent = (event: DomainEvent): Projected | undefined => {
  const project = projections[catalogue[event.type].slice] as
    | ((event: DomainEvent) => Projection)
    | undefined;
  return project && { event, projection: project(event) };
};

/** Aggregates taken in by one transaction, if the totals they touch leave room. */
const sliceSize = 40;

/**
 * Takes a batch of the queue into the Views. A message that cannot be read, or whose slice could
 * not be written, is reported alone: it comes again, and in the end lies in the dead-letter queue.
 */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
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
  const newest = newestOfEach(messages.map(({ projected }) => projected));
  for (let at = 0; at < newest.length; at += sliceSize) {
    const slice = newest.slice(at, at + sliceSize);
    try {
      await apply(slice);
    } catch (error) {
      logger.error('slice not taken in', { error: error as Error });
      const missing = new Set(
        slice.map(({ event: { aggregate } }) => `${aggregate.type}#${aggregate.id}`),
      );
      for (const { record, projected } of messages) {
        const { type, id } = projected.event.aggregate;
        if (missing.has(`${type}#${id}`)) failed.add(record.messageId);
      }
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
};
