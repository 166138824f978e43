import './environment.ts';
import { createHash } from 'node:crypto';
import type {
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import type { LedgerRow } from '../../functions/ledger/ledger.ts';
import { handler as relay } from '../../functions/outbox/relay.ts';
import { handler as project } from '../../functions/projector/projector.ts';
import { createClients } from './clients.ts';
import type { LabCommand } from './commands.ts';
import { createQueue, createStream } from './delivery.ts';
import { createFaults, type FaultPlan, randomFaults } from './faults.ts';
import { createGenerationLaws, type GenerationLaws } from './generation-laws.ts';
import { randomCommands } from './histories.ts';
import { lastRebuild } from './last-rebuild.ts';
import { brokenLaws } from './laws.ts';
import { createMachine, install, inTurn, type Note, type Send } from './machine.ts';
import { createStore, type Store } from './memory-store.ts';
import { writtenBefore } from './old-events.ts';
import { type Operation, randomOperations, startOperations } from './operations.ts';
import { prelude } from './prelude.ts';
import { createReader, quietMonth } from './quiet-month.ts';
import { createRandom } from './random.ts';
import { createServices } from './services.ts';
import { schemasOf } from './store-shapes.ts';

/** All that decides a run. */
export interface Plan {
  readonly seed: number;
  readonly commands: readonly LabCommand[];
  readonly operations: readonly Operation[];
  readonly faults: FaultPlan;
}

export const planOf = (seed: number): Plan => ({
  seed,
  commands: randomCommands(seed),
  operations: randomOperations(seed),
  faults: randomFaults(seed),
});

/** What a mutant puts between the functions and what they use. Nothing, for the system as it is. */
export interface Mutation {
  readonly store?: (next: Send, store: Store) => Send;
  readonly bus?: (next: Send) => Send;
  /** How long somebody waits who wants to wait so many milliseconds. */
  readonly pause?: (who: string, ms: number) => number;
  readonly project?: (
    event: SQSEvent,
    next: typeof project,
    send: Send,
  ) => Promise<SQSBatchResponse>;
}

export interface Result {
  readonly violations: readonly string[];
  /** Step by step what happened, if it was asked for. */
  readonly trace: readonly string[];
  /** The same for the same plan, and hardly ever for another. */
  readonly hash: string;
  /** Each fault that struck, as `duplicate#3`. */
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const maxSteps = 30_000;

/** In one run of three the functions of the version before are replaced at this step. */
const upgradeOf = (seed: number): number => {
  const random = createRandom(seed, 'upgrade');
  return random.chance(0.33) ? random.between(30, 300) : 0;
};

const hashOf = (trace: readonly string[]): string =>
  createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);

/** Plays a plan to its end, and says which laws did not hold then. */
export const simulate = async (
  { seed, commands, operations, faults: faultPlan }: Plan,
  mutation: Mutation = {},
  { traced = true }: { readonly traced?: boolean } = {},
): Promise<Result> => {
  const random = createRandom(seed, 'schedule');
  const faults = createFaults(seed, faultPlan);
  const machine = createMachine(random);
  const trace: string[] = [];
  const mistakes: string[] = [];
  const note: Note = (line) => {
    if (traced) trace.push(`${machine.now()} ${line()}`);
  };
  const mistake = (line: string): void => {
    mistakes.push(line);
  };
  const context = { machine, faults, random, note };
  const projectors = random.pick([2, 2, 3]);
  const mutated: { project: typeof project } = { project };
  const stream = createStream(
    context,
    relay as (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>,
  );
  const reader = createReader(machine, createRandom(seed, 'reader'), mistake);
  const rebuilds = operations.length > 0;
  const generations: GenerationLaws | undefined = rebuilds
    ? createGenerationLaws({
        store: () => store,
        ...{ faults, note, mistake, random: createRandom(seed, 'damage') },
        switched: () => reader.watch(4, 250),
      })
    : undefined;
  const queue = createQueue(
    { ...context, taken: (bodies) => generations?.acknowledge(bodies) },
    (event) => mutated.project(event),
    projectors,
  );
  let events = 0;
  let old = 0;
  let begun = false;
  const store: Store = createStore(
    { ...schemasOf('ledger', 'views'), people: { partition: 'pk', sort: 'sk', indexes: {} } },
    (table, item, isNew) => {
      if (table === 'ledger') generations?.append(item);
      else generations?.wrote(item);
      if (!begun || table !== 'ledger') return;
      if (!isNew) mistake('a row of the ledger was overwritten');
      events += 1;
      if (
        (item as unknown as LedgerRow).event.schemaVersion === 1 &&
        /^hours/.test(String(item.pk))
      )
        old += 1;
      stream.take(item);
    },
  );
  prelude(store, rebuilds ? quietMonth : []);
  begun = true;
  const upgradedAt = upgradeOf(seed);
  const written: Store = {
    ...store,
    execute: (sent) => store.execute(machine.now() < upgradedAt ? writtenBefore(sent) : sent),
  };
  const perform = createServices({
    ...context,
    ...{ store: written, accept: queue.accept, mistake, before: generations?.before },
  });
  const call = inTurn(machine, perform, store.execute);
  const mutatedStore = mutation.store?.(call, store) ?? call;
  if (mutation.project) {
    const { project: instead } = mutation;
    mutated.project = (event) => instead(event, project, call);
  }
  const undo = install(mutatedStore, mutation.bus?.(call) ?? call, machine, random, mutation.pause);
  try {
    const clients = createClients(commands, machine, note, mistake);
    if (rebuilds) {
      const records = quietMonth.map((detail) => ({ body: JSON.stringify({ detail }) }));
      await project({ Records: records } as SQSEvent);
      startOperations(operations, machine, note);
      reader.watch(10, 600);
    }
    const starters = [clients, stream.starter, queue.starter];
    let rests = await machine.run(starters, maxSteps);
    faults.end();
    let redriven = 0;
    for (let more = queue.redrive(); more > 0 && rests; more = queue.redrive()) {
      note(() => `the dead-letter queue is redriven: ${more}`);
      redriven += more;
      rests = await machine.run(starters, maxSteps);
    }
    const counts = queue.counts();
    const samples = createRandom(seed, 'samples');
    const figures = !rests
      ? ['it does not come to rest']
      : rebuilds
        ? await lastRebuild(store, machine, () => machine.run(starters, maxSteps), {
            ...{ note, random: samples },
            damaged: faults.fired().some((fault) => fault.startsWith('damage')),
          })
        : await brokenLaws(store, samples);
    const violations = [
      ...mistakes,
      ...(counts.dead === counts.poisoned
        ? []
        : [`${counts.dead} dead letters of ${counts.poisoned} poison messages`]),
      ...figures,
    ];
    return {
      violations,
      trace,
      hash: traced ? hashOf(trace) : '',
      faults: faults.fired(),
      counts: {
        ...{ commands: commands.length, events, old, ...counts, redriven },
        ...{ operations: operations.length, reads: reader.reads() },
        switches: generations?.switches() ?? 0,
      },
    };
  } finally {
    undo();
  }
};
