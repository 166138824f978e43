// Follows a table's stream and hands its records to a function, as Lambda's event source mapping
// does: in order, from where it stopped, one batch at a time.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamMappingSpec } from './blueprint.ts';
import type { Clock } from './clock.ts';
import { localClientConfig } from './dynamodb.ts';
import type { Queues, StreamPosition } from './queues.ts';
import type { Batch, createDelivery } from './stream-delivery.ts';

export interface StreamFollower {
  /** Says that something may have been written: reads at once instead of at the next look. */
  nudge(): void;
  /** True when the stream was read to its end by a read that began after this call. */
  isDrained(): Promise<boolean>;
  status(): {
    readonly sequence: string;
    readonly pending: number;
    /** The latest failure to read, empty when the latest read went well. */
    readonly error: string;
  };
  stop(): Promise<void>;
}

export interface StreamOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly queues: Queues;
  readonly clock: Clock;
  /** The table was there before this start, so that its stream may have lost its oldest records. */
  readonly existed: boolean;
  readonly deliver: ReturnType<typeof createDelivery>;
}

/** A stream keeps records for 24 hours; an hour is left for clocks and slow starts. */
const KEPT_MS = 23 * 3600 * 1000;
/** Between two looks when nobody nudges, as when another program writes to the table. */
const IDLE_MS = 1000;
const START = '0';

export const followStream = async (
  spec: StreamMappingSpec,
  { endpoint, region, queues, clock, existed, deliver }: StreamOptions,
): Promise<StreamFollower> => {
  const config = localClientConfig(endpoint, region);
  const tables = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  const { Table } = await tables.send(new DescribeTableCommand({ TableName: spec.table }));
  const streamArn = Table?.LatestStreamArn;
  if (!streamArn) throw new Error(`The table ${spec.table} has no stream.`);
  const keyNames = (Table.KeySchema ?? []).map(({ AttributeName }) => String(AttributeName));

  const saved = queues.position(streamArn);
  let position: StreamPosition = saved ?? { sequence: START, drainedAt: 0, clean: false };
  const save = (change: Partial<StreamPosition>): void => {
    position = { ...position, ...change };
    queues.savePosition(streamArn, position);
  };
  const outdated = !position.clean && Date.now() - position.drainedAt > KEPT_MS;
  let mustCatchUp = existed && outdated;
  const state = { stopping: false, pending: 0, emptyReadBegan: -1, reads: 0, error: '' };
  let wake = (): void => undefined;
  let nudged = false;
  const nudge = (): void => {
    nudged = true;
    wake();
  };

  /**
   * Hands over every item of the table as if it had just been inserted. Needed when records may
   * have left the stream unread: the host was killed and stayed off for a day. Consumers are
   * idempotent, so that too many is safe. A page keeps a partition together and in order.
   */
  const catchUp = async (): Promise<void> => {
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const input = { TableName: spec.table, Limit: spec.batchSize, ConsistentRead: true };
      const page = await tables.send(
        new ScanCommand(ExclusiveStartKey ? { ...input, ExclusiveStartKey } : input),
      );
      const records = (page.Items ?? []).map(
        (item, index): _Record => ({
          eventID: randomUUID(),
          eventName: 'INSERT',
          dynamodb: {
            ApproximateCreationDateTime: new Date(),
            Keys: Object.fromEntries(
              keyNames.map((name) => [name, item[name] as AttributeValue]),
            ) as never,
            NewImage: item as never,
            SequenceNumber: String(index + 1),
            StreamViewType: 'NEW_IMAGE',
          },
        }),
      );
      await hand({ records, shardId: 'catch-up' }, () => undefined);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey && !state.stopping);
    if (!state.stopping) mustCatchUp = false;
  };

  const hand = async (batch: Batch, reached: (sequence: string) => void): Promise<void> => {
    state.pending = batch.records.length;
    await deliver(batch, reached, () => state.stopping, clock.offset());
    state.pending = 0;
  };

  /** Oldest first; those already read to their end are left out. */
  const openShards = async () => {
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn }),
    );
    const at = BigInt(position.sequence);
    return (StreamDescription?.Shards ?? [])
      .map(({ ShardId, SequenceNumberRange: range }) => ({
        ShardId,
        first: BigInt(range?.StartingSequenceNumber ?? 0),
        last: range?.EndingSequenceNumber ? BigInt(range.EndingSequenceNumber) : undefined,
      }))
      .filter(({ last }) => last === undefined || last > at)
      .sort((a, b) => (a.first < b.first ? -1 : 1));
  };

  const followShard = async (ShardId: string, first: bigint): Promise<void> => {
    const resumes = BigInt(position.sequence) >= first;
    let { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId,
        ShardIteratorType: resumes ? 'AFTER_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
        ...(resumes && { SequenceNumber: position.sequence }),
      }),
    );
    while (ShardIterator && !state.stopping) {
      const began = state.reads++;
      const answer = await streams.send(
        new GetRecordsCommand({ ShardIterator, Limit: Math.min(spec.batchSize, 1000) }),
      );
      state.error = '';
      const records = answer.Records ?? [];
      if (records.length > 0) {
        const reached = (sequence: string): void => save({ sequence });
        await hand({ records, shardId: ShardId }, reached);
      } else {
        state.emptyReadBegan = began;
        // Once a minute is enough: it only has to be less than a day old.
        if (Date.now() - position.drainedAt > 60_000) save({ drainedAt: Date.now() });
        if (answer.NextShardIterator) await pause();
      }
      ShardIterator = answer.NextShardIterator;
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
    while (!state.stopping) {
      try {
        if (mustCatchUp) await catchUp();
        const [shard] = await openShards();
        if (shard?.ShardId) await followShard(shard.ShardId, shard.first);
        else await pause();
      } catch (error) {
        // The engine may be starting again; the status tells of anything that stays.
        state.error = String(error);
        // Records were trimmed, so only the table itself can tell what was in them.
        if (String(error).includes('TrimmedData')) {
          mustCatchUp = true;
          save({ sequence: START });
        }
        await pause();
      }
    }
  };

  save({ clean: false });
  const running = follow();
  const isDrained = async (): Promise<boolean> => {
    const asked = state.reads;
    for (let tries = 0; tries < 20; tries += 1) {
      nudge();
      if (state.emptyReadBegan >= asked) return true;
      if (state.pending > 0 || mustCatchUp) return false;
      await sleep(10);
    }
    return false;
  };
  return {
    nudge,
    isDrained,
    status: () => ({ sequence: position.sequence, pending: state.pending, error: state.error }),
    stop: async () => {
      const clean = await isDrained();
      state.stopping = true;
      nudge();
      await running;
      if (clean) save({ clean, drainedAt: Date.now() });
      tables.destroy();
      streams.destroy();
    },
  };
};
