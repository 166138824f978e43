import './environment.ts';
import { createHash } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import type { EventType } from '../../events/catalogue.ts';
import { readLineOrder } from '../../functions/figures/line-order.ts';
import { holdsEvent } from '../../functions/ledger/ledger.ts';
import { handler as relay } from '../../functions/outbox/relay.ts';
import { blindHash } from '../../functions/people/keys.ts';
import { invoke } from '../support/invoke.ts';
import { createClients } from './clients.ts';
import { closingLaws } from './closing-laws.ts';
import { closeBefore, randomClosings, registeredLongAgo } from './closings.ts';
import type { LabCommand } from './commands.ts';
import type { Item } from './expressions.ts';
import { createFaults, type FaultPlan, randomFaults } from './faults.ts';
import { followerLaws } from './follower-laws.ts';
import { createGenerationLaws, type GenerationLaws } from './generation-laws.ts';
import { randomCommands } from './histories.ts';
import { installKeyService } from './key-service.ts';
import { lastRebuild } from './last-rebuild.ts';
import { brokenLaws } from './laws.ts';
import { createMachine, install, inTurn, type Note, type Send } from './machine.ts';
import { createStore, type Store } from './memory-store.ts';
import { type Operation, randomOperations, startOperations } from './operations.ts';
import { randomPeople } from './people.ts';
import { prelude } from './prelude.ts';
import { createQueue } from './queue.ts';
import { createReader, quietMonth } from './quiet-month.ts';
import { createRandom } from './random.ts';
import { createServices, type Entry } from './services.ts';
import { createStops, type Stop } from './stops.ts';
import { schemasOf } from './store-shapes.ts';
import { createStream } from './stream.ts';
import { closers, followers, projector, type Subscriber } from './subscribers.ts';

/** Everything that determines a run. */
export interface Plan {
  readonly seed: number;
  readonly commands: readonly LabCommand[];
  readonly operations: readonly Operation[];
  readonly faults: FaultPlan;
  /** Whether all subscribers of the bus are played, or only the projector. */
  readonly followed: boolean;
  /** The months that are closed before a run in which periods are closed; null in any other run. */
  readonly closedBefore: readonly string[] | null;
  /** Writes before which functions are stopped, besides those picked at random. */
  readonly stops: readonly Stop[];
}

/**
 * The plan of a seed. One run of four has commands on people, and all followers; in one of six, somebody
 * closes periods.
 */
export const planOf = (seed: number): Plan => {
  const followed = createRandom(seed, 'followed').chance(0.25);
  const given = { seed, faults: randomFaults(seed), followed, stops: [] };
  if (!followed && createRandom(seed, 'closed').chance(2 / 9))
    return { ...given, ...randomClosings(seed), operations: [] };
  return {
    ...given,
    commands: followed ? randomPeople(seed) : randomCommands(seed),
    operations: randomOperations(seed),
    closedBefore: null,
  };
};

/** A mutant's changes to the functions' surroundings. Empty for the unchanged system. */
export interface Mutation {
  readonly store?: (next: Send, store: Store) => Send;
  readonly bus?: (next: Send) => Send;
  /** The milliseconds that a caller waits instead of `ms`. */
  readonly pause?: (who: string, ms: number) => number;
  /** Replaces the handler, the events or the queue of a subscriber. */
  readonly subscriber?: (given: Subscriber, send: Send) => Subscriber;
}

export interface Result {
  readonly violations: readonly string[];
  /** The steps of the run, if a trace was requested. */
  readonly trace: readonly string[];
  /** A hash of the run. Equal plans give equal hashes. */
  readonly hash: string;
  /** Each fault that struck, such as `duplicate#3`. */
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const maxSteps = 30_000;
/** The time of the prelude's writes, in steps. */
const longAgo = -1000;

const hashOf = (trace: readonly string[]): string =>
  createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16);

/** Plays a plan to its end, and returns the violated laws. */
export const simulate = async (
  { seed, commands, operations, faults: faultPlan, followed, closedBefore, stops: stopPlan }: Plan,
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
  const workers = random.pick([2, 2, 3]);
  const stream = createStream(context, (batch) => invoke(relay, batch));
  const reader = createReader(machine, createRandom(seed, 'reader'), mistake);
  const rebuilds = operations.length > 0;
  const generations: GenerationLaws | undefined = rebuilds
    ? createGenerationLaws({
        store: () => store,
        ...{ faults, note, mistake, random: createRandom(seed, 'damage') },
        switched: () => reader.watch(4, 250),
      })
    : undefined;
  let events = 0;
  const appended: Partial<Record<EventType, number>> = {};
  let playing = false;
  const order: string[] = [];
  const written = (table: string, item: Item, isNew: boolean): void => {
    if (table === 'ledger' && !holdsEvent(item)) return;
    if (table === 'ledger' && closedBefore) order.push(`${item.pk} ${item.version}`);
    if (table === 'closed' && !isNew && String(item.pk).startsWith('closed#'))
      mistake('stored: an item of a stored run was overwritten');
    if (table === 'ledger') generations?.append(item);
    else if (table === 'views') generations?.wrote(item);
    if (!playing || table !== 'ledger') return;
    if (!isNew) mistake('a row of the ledger was overwritten');
    events += 1;
    const { type } = item.event as { readonly type: EventType };
    appended[type] = (appended[type] ?? 0) + 1;
    stream.take(item);
  };
  const store: Store = createStore(schemasOf('ledger', 'views'), written, () =>
    playing ? machine.now() : longAgo,
  );
  prelude(store, rebuilds ? quietMonth : closedBefore ? registeredLongAgo : []);
  const accept = (entry: Entry): void => {
    for (const { queue, events } of queues)
      if (!events || events.includes(entry.DetailType as EventType)) queue.accept(entry);
  };
  const stops = createStops(stopPlan, faults, createRandom(seed, 'stops'), note);
  const perform = createServices({
    ...context,
    ...{ store, stops, accept, mistake, before: generations?.before },
  });
  const call = inTurn(machine, perform, store.execute);
  const mutatedStore = mutation.store?.(call, store) ?? call;
  const others = closedBefore ? closers : followed ? followers : [];
  const subscribers = [projector, ...others].map(
    (each) => mutation.subscriber?.(each, call) ?? each,
  );
  const queues = subscribers.map((each) => ({
    events: each.events,
    queue: createQueue(
      each === subscribers[0]
        ? { ...context, taken: (bodies) => generations?.acknowledge(bodies) }
        : context,
      each,
      each.handler,
      each === subscribers[0] ? workers : 2,
    ),
  }));
  const undoKeys = installKeyService(createRandom(seed, 'keys'));
  const undo = install(mutatedStore, mutation.bus?.(call) ?? call, machine, random, mutation.pause);
  try {
    // Loads both keys once in a process, so that all runs are alike.
    await blindHash('once');
    await readLineOrder();
    const clients = createClients(commands, machine, note, mistake);
    if (rebuilds) {
      const records = quietMonth.map((detail) => ({ body: JSON.stringify({ detail }) }));
      await projector.handler({ Records: records } as SQSEvent);
      startOperations(operations, machine, note);
      reader.watch(10, 600);
    }
    if (closedBefore) await closeBefore(store, closedBefore);
    playing = true;
    const starters = [clients, stream.starter, ...queues.map(({ queue }) => queue.starter)];
    const redrive = (): number => queues.reduce((sum, { queue }) => sum + queue.redrive(), 0);
    let rests = await machine.run(starters, maxSteps);
    faults.end();
    let redriven = 0;
    let rounds = 0;
    // Without faults: a message that still fails stays a dead letter.
    for (let more = redrive(); more > 0 && rests && rounds < 5; more = redrive()) {
      rounds += 1;
      note(() => `the dead-letter queues are redriven: ${more}`);
      redriven += more;
      rests = await machine.run(starters, maxSteps);
    }
    const all = queues.map(({ queue }) => queue.counts());
    const total = (name: 'deliveries' | 'sent' | 'partial'): number =>
      all.reduce((sum, each) => sum + each[name], 0);
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
      ...all.flatMap(({ name, dead, poisoned }) =>
        dead === poisoned ? [] : [`${name}: ${dead} dead letters of ${poisoned} poison messages`],
      ),
      ...figures,
      ...(rests && followed ? followerLaws(store) : []),
      ...(rests && closedBefore ? closingLaws(store, order) : []),
    ];
    return {
      violations,
      trace,
      hash: traced ? hashOf(trace) : '',
      faults: faults.fired(),
      counts: {
        ...{ commands: commands.length, events, redriven },
        ...{ deliveries: total('deliveries'), sent: total('sent'), partial: total('partial') },
        ...{ operations: operations.length, reads: reader.reads() },
        ...clients.done(),
        stopped: stops.struck(),
        switches: generations?.switches() ?? 0,
        monthsClosed: appended.MonthClosed ?? 0,
        yearsClosed: appended.YearClosed ?? 0,
        restatements: appended.PeriodRestated ?? 0,
        stoppedCloses: appended.MonthCloseStopped ?? 0,
      },
    };
  } finally {
    undo();
    undoKeys();
  }
};
