// Delivers batches of stream records to a function by Lambda's rules: partial failures, bisecting,
// retries and the on-failure queue.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { StreamMappingSpec } from '../assembly/blueprint.ts';
import { failedItems } from './failed-items.ts';
import type { Faults } from './faults.ts';
import type { LocalFunction } from './functions.ts';

export interface Batch {
  readonly records: readonly _Record[];
  readonly shardId: string;
}

/** Called with the sequence number up to which the batch has been processed. */
type Reached = (sequence: string) => void;

const sequenceOf = (record: _Record): string => String(record.dynamodb?.SequenceNumber);

export interface Delivery {
  /**
   * Resolves when the function has processed every record or the on-failure queue has it, or between two
   * attempts if `stopping` is true. `clockOffset` (ms) is added to the records' creation times, which then
   * follow the host's clock.
   */
  deliver(
    batch: Batch,
    reached: Reached,
    stopping: () => boolean,
    clockOffset: number,
  ): Promise<void>;
  /** Sends the on-failure queue a message that records since then may have left the stream unread. */
  reportMissed(since: Date): void;
}

export const createDelivery = (
  spec: StreamMappingSpec,
  target: LocalFunction,
  sendToQueue: (queue: string, body: string) => void,
  faults: Faults,
): Delivery => {
  const toLambda = (record: _Record, clockOffset: number): object => ({
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: spec.streamArn.split(':')[3],
    eventSourceARN: spec.streamArn,
    dynamodb: {
      ...record.dynamodb,
      ApproximateCreationDateTime:
        ((record.dynamodb?.ApproximateCreationDateTime?.getTime() ?? Date.now()) + clockOffset) /
        1000,
    },
  });

  /** The number of records, from the first, that were processed. */
  const attempt = async (records: readonly _Record[], clockOffset: number): Promise<number> => {
    try {
      const event = { Records: records.map((record) => toLambda(record, clockOffset)) };
      const answer = await target.invoke(event);
      if (faults.duplicates()) await target.invoke(event).catch(() => undefined);
      if (!spec.reportsFailures) return records.length;
      const failed = failedItems(answer, records.map(sequenceOf));
      const first = records.findIndex((record) => failed.has(sequenceOf(record)));
      return first < 0 ? records.length : first;
    } catch {
      return 0;
    }
  };

  /** As Lambda does, sends positions and times only, and no records. */
  const tellFailure = (
    condition: string,
    attempts: number,
    batch: { shardId: string; start?: string; end?: string; from: Date; to: Date; size: number },
    clockOffset = 0,
  ): void => {
    if (!spec.onFailureQueue) return;
    const onClock = (time: Date): string => new Date(time.getTime() + clockOffset).toISOString();
    const message = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: target.spec.arn,
        condition,
        approximateInvokeCount: attempts,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      version: '1.0',
      timestamp: onClock(new Date()),
      DDBStreamBatchInfo: {
        shardId: batch.shardId,
        startSequenceNumber: batch.start,
        endSequenceNumber: batch.end,
        approximateArrivalOfFirstRecord: onClock(batch.from),
        approximateArrivalOfLastRecord: onClock(batch.to),
        batchSize: batch.size,
        streamArn: spec.streamArn,
      },
    };
    sendToQueue(spec.onFailureQueue, JSON.stringify(message));
  };

  const giveUp = (
    records: readonly _Record[],
    shardId: string,
    attempts: number,
    clockOffset: number,
  ): void => {
    const [first, last] = [records[0], records.at(-1)] as [_Record, _Record];
    const arrival = ({ dynamodb }: _Record): Date =>
      dynamodb?.ApproximateCreationDateTime ?? new Date();
    const place = { start: sequenceOf(first), end: sequenceOf(last), shardId };
    const when = { from: arrival(first), to: arrival(last), size: records.length };
    tellFailure('RetryAttemptsExhausted', attempts, { ...place, ...when }, clockOffset);
  };

  const deliver = async (
    { records, shardId }: Batch,
    reached: Reached,
    stopping: () => boolean,
    clockOffset: number,
  ): Promise<void> => {
    let rest = records;
    for (let attempts = 1; rest.length > 0; attempts += 1) {
      const taken = await attempt(rest, clockOffset);
      const last = rest[taken - 1];
      if (last) reached(sequenceOf(last));
      rest = rest.slice(taken);
      if (rest.length === 0 || stopping()) return;
      if (taken > 0) attempts = 0;
      else if (spec.bisect && rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        await deliver({ records: rest.slice(0, half), shardId }, reached, stopping, clockOffset);
        if (stopping()) return;
        rest = rest.slice(half);
        attempts = 0;
      } else if (spec.maxRetries >= 0 && attempts > spec.maxRetries) {
        giveUp(rest, shardId, attempts, clockOffset);
        return reached(sequenceOf(rest.at(-1) as _Record));
      }
      await sleep(Math.min(100 * 2 ** attempts, 2000));
    }
  };

  return {
    deliver: async ({ records, shardId }, reached, stopping, clockOffset) => {
      const wanted = records.filter((record) => spec.matches(toLambda(record, clockOffset)));
      await deliver({ records: wanted, shardId }, reached, stopping, clockOffset);
      // Records that the filter left out after the last wanted one count as processed.
      if (!stopping() && records.length > 0) reached(sequenceOf(records.at(-1) as _Record));
    },
    reportMissed: (since) =>
      tellFailure('RecordAgeExceeded', 0, {
        shardId: 'unknown',
        from: since,
        to: new Date(),
        size: 0,
      }),
  };
};
