import './environment.ts';
import { createHash } from 'node:crypto';
import type {
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { handler as project } from '../../functions/dashboards/projector.ts';
import { handler as relay } from '../../functions/outbox/relay.ts';
import { createClients } from './clients.ts';
import { type LabCommand, randomCommands } from './commands.ts';
import { createQueue, createStream } from './delivery.ts';
import { createFaults, type FaultPlan, randomFaults } from './faults.ts';
import { brokenLaws } from './laws.ts';
import { createMachine, install, inTurn, type Send } from './machine.ts';
import { createStore, type Store } from './memory-store.ts';
import { prelude } from './prelude.ts';
import { createRandom } from './random.ts';
import { createServices } from './services.ts';
import { schemasOf } from './store-shapes.ts';

/** All that decides a run. */
export interface Plan {
  readonly seed: number;
  readonly commands: readonly LabCommand[];
  readonly faults: FaultPlan;
}

export const planOf = (seed: number): Plan => ({
  seed,
  commands: randomCommands(seed),
  faults: randomFaults(seed),
});

/** What a mutant puts between the functions and what they use. Nothing, for the system as it is. */
export interface Mutation {
  readonly store?: (next: Send, store: Store) => Send;
  readonly bus?: (next: Send) => Send;
  readonly project?: (
    event: SQSEvent,
    next: typeof project,
    send: Send,
  ) => Promise<SQSBatchResponse>;
}

export interface Result {
  readonly violations: readonly string[];
  readonly trace: readonly string[];
  /** The same for the same plan, and hardly ever for another. */
  readonly hash: string;
  /** Each fault that struck, as `duplicate#3`. */
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const maxSteps = 30_000;

/** Plays a plan to its end, and says which laws did not hold then. */
export const simulate = async (
  { seed, commands, faults: faultPlan }: Plan,
  mutation: Mutation = {},
): Promise<Result> => {
  const random = createRandom(seed, 'schedule');
  const faults = createFaults(seed, faultPlan);
  const machine = createMachine(random);
  const trace: string[] = [];
  const mistakes: string[] = [];
  const note = (line: string): void => {
    trace.push(`${machine.now()} ${line}`);
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
  const queue = createQueue(context, (event) => mutated.project(event), projectors);
  let events = 0;
  let begun = false;
  const store = createStore(schemasOf('ledger', 'views'), (table, item, isNew) => {
    if (!begun || table !== 'ledger') return;
    if (!isNew) mistake('a row of the ledger was overwritten');
    events += 1;
    stream.take(item);
  });
  prelude(store);
  begun = true;
  const perform = createServices({ ...context, store, accept: queue.accept, mistake });
  const call = inTurn(machine, perform, store.execute);
  const mutatedStore = mutation.store?.(call, store) ?? call;
  if (mutation.project) {
    const { project: instead } = mutation;
    mutated.project = (event) => instead(event, project, call);
  }
  const undo = install(mutatedStore, mutation.bus?.(call) ?? call, machine);
  try {
    const clients = createClients(commands, machine, note, mistake);
    const startable = () => [...clients(), ...stream.startable(), ...queue.startable()];
    let rests = await machine.run(startable, maxSteps);
    faults.end();
    let redriven = 0;
    for (let more = queue.redrive(); more > 0 && rests; more = queue.redrive()) {
      note(`the dead-letter queue is redriven: ${more}`);
      redriven += more;
      rests = await machine.run(startable, maxSteps);
    }
    const counts = queue.counts();
    const violations = [
      ...mistakes,
      ...(rests ? [] : ['it does not come to rest']),
      ...(counts.dead === counts.poisoned
        ? []
        : [`${counts.dead} dead letters of ${counts.poisoned} poison messages`]),
      ...(await brokenLaws(store, createRandom(seed, 'samples'))),
    ];
    const hash = createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);
    return {
      violations,
      trace,
      hash,
      faults: faults.fired(),
      counts: { commands: commands.length, events, ...counts, redriven, steps: machine.now() },
    };
  } finally {
    undo();
  }
};
