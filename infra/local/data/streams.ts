// Hands the records of a table's stream to a function as Lambda's event source mapping does: in order,
// one batch at a time, from the saved position.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamMappingSpec } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Batch, Delivery } from '../compute/stream-delivery.ts';
import type { Queues, StreamPosition } from '../messaging/queues.ts';
import { localClientConfig, type Table } from './dynamodb.ts';
import { asDynamoDbShows } from './stream-images.ts';

export interface StreamFollower {
  /** Reads the stream at once, because something may have been written. */
  nudge(): void;
  /** Whether a read that began after this call has reached the end of the stream. */
  isDrained(): Promise<boolean>;
  status(): {
    readonly sequence: string;
    readonly pending: number;
    /** The error of the latest read; empty if it succeeded. */
    readonly error: string;
  };
  /** Takes no more batches. `quiet` means that nothing writes to the table any more. */
  stop(quiet: boolean): Promise<void>;
  /** Resolves, after `stop`, when the last batch has been processed. */
  finished(): Promise<void>;
}

export interface StreamOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly queues: Queues;
  readonly clock: Clock;
  /** If the table existed before this start, its stream may have lost its oldest records. */
  readonly table: Table;
  readonly delivery: Delivery;
}

/** A stream keeps records for 24 hours. One hour is a margin for clocks and slow starts. */
const KEPT_MS = 23 * 3600 * 1000;
/** Milliseconds between two reads without a nudge, for writes of other programs. */
const IDLE_MS = 1000;
const START = '0';

/** Sequence numbers are digits, padded with zeros or not. */
const covers = ({ SequenceNumberRange: range }: Shard, sequence: string): boolean =>
  BigInt(range?.StartingSequenceNumber ?? 0) <= BigInt(sequence) &&
  BigInt(range?.EndingSequenceNumber ?? sequence) >= BigInt(sequence);

const endsBefore = ({ SequenceNumberRange: range }: Shard, sequence: string): boolean =>
  range?.EndingSequenceNumber !== undefined &&
  BigInt(range.EndingSequenceNumber) <= BigInt(sequence);

/** The engine answers "trimmed" if all records after a position are too old: there is nothing to read. */
const unlessTrimmed = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TrimmedDataAccessException) return undefined;
    throw error;
  }
};

export const followStream = (
  spec: StreamMappingSpec,
  { endpoint, region, queues, clock, table, delivery }: StreamOptions,
): StreamFollower => {
  const { streamArn, existed } = table;
  const config = localClientConfig(endpoint, region);
  // One attempt, to notice a restart of the engine, after which its numbers may begin again.
  const streams = new DynamoDBStreamsClient({ ...config, maxAttempts: 1 });
  if (!streamArn) throw new Error(`The table ${spec.table} has no stream.`);

  // Each reader of a stream has its own position.
  const reader = `${streamArn} ${spec.functionName}`;
  const saved = queues.position(reader);
  let position: StreamPosition = saved ?? { sequence: START, drainedAt: 0, clean: false };
  const save = (change: Partial<StreamPosition>): void => {
    position = { ...position, ...change };
    queues.savePosition(reader, position);
  };
  // No record is missing for a new table, or after a host that read to the end and stopped.
  const complete = saved ? saved.clean : !existed;
  save(complete ? { clean: false, drainedAt: Date.now() } : { clean: false });
  const mayHaveMissed = (): boolean => Date.now() - position.drainedAt > KEPT_MS;
  const state = {
    stopping: false,
    clean: false,
    pending: 0,
    emptyReadBegan: -1,
    reads: 0,
    error: '',
  };
  let wake = (): void => undefined;
  let nudged = false;
  const nudge = (): void => {
    nudged = true;
    wake();
  };

  /**
   * Reports records that may have left the stream unread, because the host was killed and stayed off for a
   * day. The table still has their events, and the redrive function publishes them again from there.
   */
  const reportMissed = (): void => {
    delivery.reportMissed(new Date(position.drainedAt));
    save({ drainedAt: Date.now() });
  };

  const hand = async (batch: Batch, reached: (sequence: string) => void): Promise<void> => {
    state.pending = batch.records.length;
    await delivery.deliver(batch, reached, () => state.stopping, clock.offset());
    state.pending = 0;
  };

  const iteratorOf = async (shard: Shard, from: 'AT' | 'AFTER' | 'START') => {
    const here = { StreamArn: streamArn, ShardId: shard.ShardId };
    const request =
      from === 'START'
        ? ({ ...here, ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({
            ...here,
            ShardIteratorType: `${from}_SEQUENCE_NUMBER`,
            SequenceNumber: position.sequence,
          } as const);
    return (await unlessTrimmed(streams.send(new GetShardIteratorCommand(request))))?.ShardIterator;
  };

  const read = async (ShardIterator: string, Limit: number) => {
    const answer = await unlessTrimmed(
      streams.send(new GetRecordsCommand({ ShardIterator, Limit: Math.min(Limit, 1000) })),
    );
    return answer && { ...answer, Records: answer.Records?.map(asDynamoDbShows) };
  };

  /** Oldest first, because the ids begin with the time. */
  const listShards = async (): Promise<readonly Shard[]> => {
    const answer = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    return [...(answer.StreamDescription?.Shards ?? [])].sort((a, b) =>
      String(a.ShardId) < String(b.ShardId) ? -1 : 1,
    );
  };

  /**
   * Whether the stream still has the last record that was handed over. If all its records are too old, the
   * engine forgets them at its next start and numbers new ones from 1 again, so that reading on after the
   * old number would skip them. Then the stream is read from its start.
   */
  const isPositionKept = async (): Promise<boolean> => {
    for (const shard of await listShards()) {
      const iterator = covers(shard, position.sequence) && (await iteratorOf(shard, 'AT'));
      const records = iterator && (await read(iterator, 1))?.Records;
      if (records && records[0]?.dynamodb?.SequenceNumber === position.sequence) return true;
    }
    return false;
  };

  const noteEmptyRead = async (began: number): Promise<void> => {
    state.emptyReadBegan = began;
    state.error = '';
    // Saved once a minute, since it only has to be less than a day old.
    if (Date.now() - position.drainedAt > 60_000) save({ drainedAt: Date.now() });
    await pause();
  };

  const followShard = async (shard: Shard, isLast: boolean): Promise<void> => {
    let began = state.reads++;
    const from = covers(shard, position.sequence) ? 'AFTER' : 'START';
    const iterator = await iteratorOf(shard, from);
    let answer = iterator && (await read(iterator, spec.batchSize));
    if (!answer && isLast) await noteEmptyRead(began);
    while (answer && !state.stopping) {
      const { Records = [], NextShardIterator } = answer;
      if (Records.length > 0) {
        const reached = (sequence: string): void => save({ sequence });
        await hand({ records: Records, shardId: String(shard.ShardId) }, reached);
      } else if (isLast && NextShardIterator) await noteEmptyRead(began);
      began = state.reads++;
      answer = NextShardIterator && (await read(NextShardIterator, spec.batchSize));
    }
  };

  const pause = async (): Promise<void> => {
    if (!nudged) {
      const timer = new AbortController();
      wake = () => timer.abort();
      await sleep(IDLE_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    }
    nudged = false;
  };

  const follow = async (): Promise<void> => {
    if (mayHaveMissed()) reportMissed();
    if (position.sequence !== START && !(await isPositionKept())) save({ sequence: START });
    while (!state.stopping) {
      const shards = await listShards();
      const open = shards.filter((shard) => !endsBefore(shard, position.sequence));
      for (const shard of open) await followShard(shard, shard === open.at(-1));
      if (open.length === 0) await pause();
    }
  };

  const keepFollowing = async (): Promise<void> => {
    while (!state.stopping) {
      await follow().catch((error) => {
        // The engine may be restarting. The status shows an error that persists.
        state.error = String(error);
      });
      await pause();
    }
  };

  const running = keepFollowing();
  const isDrained = async (): Promise<boolean> => {
    const asked = state.reads;
    for (let tries = 0; tries < 20; tries += 1) {
      nudge();
      if (state.emptyReadBegan >= asked) return true;
      if (state.pending > 0) return false;
      await sleep(10);
    }
    return false;
  };
  return {
    nudge,
    isDrained,
    status: () => ({ sequence: position.sequence, pending: state.pending, error: state.error }),
    stop: async (quiet) => {
      state.clean = quiet && (await isDrained());
      state.stopping = true;
      nudge();
    },
    finished: async () => {
      await running;
      if (state.clean) save({ clean: true, drainedAt: Date.now() });
      streams.destroy();
    },
  };
};
