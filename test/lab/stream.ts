import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Item } from './expressions.ts';
import type { Faults } from './faults.ts';
import type { Machine, Note, Outcome, Starter } from './machine.ts';
import type { Random } from './random.ts';

type Batch = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };
export type Handler<Event> = (event: Event) => Promise<Batch>;

/** The objects that all parts of a run share. */
export interface Context {
  readonly machine: Machine;
  readonly faults: Faults;
  readonly random: Random;
  readonly note: Note;
}

/** The failed items of a batch, or all. */
export const failuresOf = (outcome: Outcome): ReadonlySet<string> | 'all' =>
  'error' in outcome
    ? 'all'
    : new Set((outcome.value as Batch).batchItemFailures.map((item) => item.itemIdentifier));

/** Often small, so that another function receives the rest. */
export const batchSize = (random: Random): number => random.between(1, random.pick([1, 3, 10]));

/** The Ledger's stream: two shards, each read in order by one relay at a time. */
export const createStream = (context: Context, relay: Handler<DynamoDBStreamEvent>) => {
  const { machine, faults, random, note } = context;
  const shards = [0, 1].map(() => ({ records: [] as DynamoDBRecord[], at: 0, busy: false }));
  let sequence = 0;
  const waiting = () => shards.filter((shard) => !shard.busy && shard.at < shard.records.length);
  const start = (which: number): void => {
    const shard = waiting()[which];
    if (!shard) return;
    const name = `relay ${shards.indexOf(shard) + 1}`;
    const batch = shard.records.slice(shard.at, shard.at + batchSize(random));
    shard.busy = true;
    note(() => `${name}: takes ${batch.length} records`);
    const ended = (outcome: Outcome) => {
      shard.busy = false;
      const failures = failuresOf(outcome);
      if (failures === 'all') return note(() => `${name}: failed`);
      if (faults.strikes('checkpointLost'))
        return note(() => `${name}: done, its checkpoint is lost`);
      const stuck = batch.findIndex(({ dynamodb }) => failures.has(dynamodb?.SequenceNumber ?? ''));
      shard.at += stuck < 0 ? batch.length : stuck;
    };
    machine.invoke(name, () => relay({ Records: batch }), ended);
  };
  return {
    take: (row: Item): void => {
      const pk = String(row.pk);
      sequence += 1;
      shards[pk.charCodeAt(pk.length - 1) % 2]?.records.push({
        eventName: 'INSERT',
        dynamodb: {
          SequenceNumber: String(sequence),
          NewImage: marshall(row) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'],
        },
      } as DynamoDBRecord);
    },
    starter: { ready: () => waiting().length, start } satisfies Starter,
  };
};
