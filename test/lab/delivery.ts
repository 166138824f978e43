import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import type { Item } from './expressions.ts';
import type { Faults } from './faults.ts';
import { type Machine, type Note, type Outcome, type Starter, stepMs } from './machine.ts';
import type { Random } from './random.ts';
import type { Entry } from './services.ts';

type Batch = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };
type Handler<Event> = (event: Event) => Promise<Batch>;

interface Context {
  readonly machine: Machine;
  readonly faults: Faults;
  readonly random: Random;
  readonly note: Note;
}

const failuresOf = (outcome: Outcome): ReadonlySet<string> | 'all' =>
  'error' in outcome
    ? 'all'
    : new Set((outcome.value as Batch).batchItemFailures.map((item) => item.itemIdentifier));

/** Often so small that somebody else gets the rest. */
const batchSize = (random: Random): number => random.between(1, random.pick([1, 3, 10]));

/** The stream of the Ledger: two shards, each read in order by one relay at a time. */
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

interface Message {
  readonly id: string;
  readonly body: string;
  readonly poison: boolean;
  /** For a reader. */
  readonly label: () => string;
  receives: number;
}

const poisons = [
  '{"detail":',
  '{}',
  '{"detail":{"type":"HoursForgotten"}}',
  '{"detail":{"id":"0198c0de-0000-7000-8000-000000000001","type":"HoursLogged","schemaVersion":99}}',
];
const maxReceives = 5;
const daySteps = (24 * 3600 * 1000) / stepMs;
const labelsOf = (messages: readonly Message[]): string =>
  messages.map(({ label }) => label()).join(', ');

interface QueueContext extends Context {
  /** Told of the messages that the projector has taken in, as it says. */
  readonly taken: (bodies: readonly string[]) => void;
}

/** The rule's queue with its dead-letter queue, and the projectors that take from it. */
export const createQueue = (
  context: QueueContext,
  project: Handler<SQSEvent>,
  projectors: number,
) => {
  const { machine, faults, random, note, taken } = context;
  const busy = new Set<string>();
  const names = Array.from({ length: projectors }, (_, at) => `projector ${at + 1}`);
  let visible: Message[] = [];
  let dead: Message[] = [];
  let deliveries = 0;
  let sent = 0;
  let partial = 0;
  let poisoned = 0;

  /** Some seconds, or days when all else is at rest. */
  const lateSteps = (): number =>
    random.pick([random.between(200, 1500), daySteps * random.between(1, 9)]);

  const show = (message: Message, steps: number): void =>
    machine.later(steps, () => {
      visible.push(message);
    });
  const put = (body: string, label: () => string, poison: boolean, steps: number): void => {
    sent += 1;
    if (poison) poisoned += 1;
    show({ id: `m-${sent}`, body, label, poison, receives: 0 }, steps);
  };

  const receive = (): readonly Message[] => {
    if (faults.strikes('reorder'))
      visible = visible
        .map((message) => ({ message, order: random.next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ message }) => message);
    const batch = visible.splice(0, batchSize(random));
    for (const message of batch) message.receives += 1;
    dead.push(...batch.filter(({ receives }) => receives > maxReceives));
    return batch.filter(({ receives }) => receives <= maxReceives);
  };

  const idle = () => names.filter((name) => !busy.has(name));
  const start = (which: number): void => {
    const name = idle()[which] ?? '';
    const batch = receive();
    if (batch.length === 0) return;
    const labels = () => labelsOf(batch);
    if (faults.strikes('dropThenRedeliver')) {
      note(() => `the queue loses sight of ${labels()}`);
      for (const message of batch) show(message, random.between(20, 80));
      return;
    }
    busy.add(name);
    deliveries += batch.length;
    note(() => `${name}: takes ${labels()}`);
    const Records = batch.map(({ id, body }) => ({ messageId: id, body }));
    const ended = (outcome: Outcome) => {
      busy.delete(name);
      const failures = failuresOf(outcome);
      const lost = failures !== 'all' && faults.strikes('deleteLost');
      if (failures !== 'all')
        taken(
          batch.filter(({ id, poison }) => !poison && !failures.has(id)).map(({ body }) => body),
        );
      if (failures !== 'all' && failures.size > 0 && failures.size < batch.length) partial += 1;
      const back = batch.filter(({ id }) => lost || failures === 'all' || failures.has(id));
      note(
        () =>
          `${name}: ${lost ? 'done, but the queue does not hear it: ' : ''}${
            back.length > 0 ? `${labelsOf(back)} will come again` : 'done'
          }`,
      );
      for (const message of back) show(message, random.between(5, 60));
    };
    machine.invoke(name, () => project({ Records } as unknown as SQSEvent), ended);
  };

  return {
    /** An event arrives on the bus; the rule puts it into the queue, at least once. */
    accept: ({ Detail }: Entry): void => {
      const label = (more = '') => {
        const { type, aggregate } = JSON.parse(Detail);
        return `${type} ${aggregate.id.slice(0, 4)} v${aggregate.version}${more}`;
      };
      const body = `{"detail":${Detail}}`;
      put(body, label, false, faults.strikes('delay') ? random.between(10, 150) : 0);
      if (faults.strikes('duplicate')) put(body, () => label(' (twice)'), false, random.below(8));
      if (faults.strikes('lateDuplicate'))
        put(body, () => label(' (again, late)'), false, lateSteps());
      if (faults.strikes('poison'))
        put(random.pick(poisons), () => 'poison', true, random.below(8));
    },
    starter: {
      ready: () => (visible.length === 0 ? 0 : idle().length),
      start,
    } satisfies Starter,
    /** Puts back what is in the dead-letter queue, except for poison; how many there were. */
    redrive: (): number => {
      const good = dead.filter(({ poison }) => !poison);
      dead = dead.filter(({ poison }) => poison);
      for (const message of good) {
        message.receives = 0;
        show(message, 0);
      }
      return good.length;
    },
    counts: () => ({ deliveries, sent, partial, poisoned, dead: dead.length }),
  };
};
