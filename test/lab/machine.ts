import { AsyncLocalStorage } from 'node:async_hooks';
import { eventBridge } from '../../functions/outbox/eventbridge.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import type { Random } from './random.ts';
import { type Sent, sentOf } from './store-shapes.ts';

/** One run of a function. It ends once, with its answer or as failed; later outcomes are ignored. */
export interface Invocation {
  readonly name: string;
  /** The outcome is known; later outcomes are ignored. */
  over: boolean;
  /** The code is stopped. Only a call that was already sent may still arrive. */
  frozen: boolean;
  readonly ended: (outcome: Outcome) => void;
}
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export type Send = (sent: Sent) => Promise<object>;

/** A call of a service, which waits for its turn. */
export interface Call {
  readonly invocation: Invocation;
  readonly sent: Sent;
  readonly resolve: (result: object) => void;
  readonly reject: (error: unknown) => void;
}

/** Adds a line to the trace, if one is kept. */
export type Note = (line: () => string) => void;

interface Turn {
  readonly from: number;
  readonly take: () => void;
}

/** A source of work: the number of items that can be started now, and how to start one. */
export interface Starter {
  readonly ready: () => number;
  readonly start: (which: number) => void;
}

const running = new AsyncLocalStorage<Invocation>();

/** The name of the invocation that makes the current call. */
export const whoCalls = (): string => running.getStore()?.name ?? '';

export const finish = (invocation: Invocation, outcome: Outcome): void => {
  if (invocation.over) return;
  invocation.over = true;
  invocation.ended(outcome);
};

/** Stops an invocation: it fails for the service, and its code never continues. */
export const freeze = (invocation: Invocation, why: string): void => {
  invocation.frozen = true;
  finish(invocation, { error: new Error(why) });
};

/**
 * Resolves when all resumed code has reached its next call, because node empties the queue of promise jobs
 * before it takes a tick.
 */
const allWait = (): Promise<void> =>
  new Promise((resolve) => queueMicrotask(() => process.nextTick(resolve)));

/** Keeps time in steps, and picks at random the next of all waiting calls. */
export const createMachine = (random: Random) => {
  let now = 0;
  const due: Turn['take'][] = [];
  /** Sorted with the earliest last. */
  const later: Turn[] = [];
  const wake = (): void => {
    for (let next = later.at(-1); next && next.from <= now; next = later.at(-1)) {
      due.push(next.take);
      later.pop();
    }
  };
  return {
    now: (): number => now,
    later: (steps: number, take: () => void): void => {
      const from = now + steps;
      if (steps <= 0) {
        due.push(take);
        return;
      }
      let at = later.length;
      while (at > 0 && (later[at - 1] as Turn).from <= from) at -= 1;
      later.splice(at, 0, { from, take });
    },
    invoke: (name: string, work: () => Promise<unknown>, ended: Invocation['ended']): void => {
      const invocation: Invocation = { name, over: false, frozen: false, ended };
      running.run(invocation, () => {
        work().then(
          (value) => finish(invocation, { value }),
          (error: unknown) => finish(invocation, { error }),
        );
      });
    },
    /** Takes turns and starts work until nothing is left to do. */
    run: async (starters: readonly Starter[], limit: number): Promise<boolean> => {
      for (let step = 0; step < limit; step += 1) {
        await allWait();
        wake();
        let ready = 0;
        for (const starter of starters) ready += starter.ready();
        if (due.length + ready === 0) {
          const next = later.at(-1);
          if (!next) return true;
          now = next.from;
          continue;
        }
        now += 1;
        const at = random.below(due.length + ready);
        if (at < due.length) {
          const [take] = due.splice(at, 1);
          take?.();
        } else {
          let which = at - due.length;
          for (const starter of starters) {
            const count = starter.ready();
            if (which < count) {
              starter.start(which);
              break;
            }
            which -= count;
          }
        }
      }
      return false;
    },
  };
};
export type Machine = ReturnType<typeof createMachine>;

/** Milliseconds of a step on the functions' clock. */
export const stepMs = 25;
/** Each run begins after the end of the previous one, so that no cache of a function is still valid. */
let epoch = 0;
const betweenRunsMs = 1e8;

type Sender = { send: (command: object) => Promise<unknown> };

/** Replaces services, clock and random numbers. Returns a function that undoes it. */
export const install = (
  store: Send,
  bus: Send,
  machine: Machine,
  random: Random,
  pauseOf: (who: string, ms: number) => number = (_, ms) => ms,
): (() => void) => {
  const clients = [dynamodb, eventBridge] as unknown as readonly [Sender, Sender];
  const realTimeout = globalThis.setTimeout;
  const realChance = Math.random;
  const realBytes = crypto.getRandomValues;
  const begin = epoch;
  performance.now = () => begin + machine.now() * stepMs;
  clients[0].send = (command) => store(sentOf(command));
  clients[1].send = (command) => bus(sentOf(command));
  Math.random = random.next;
  crypto.getRandomValues = (bytes) => {
    if (bytes instanceof Uint8Array)
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.below(256);
    return bytes;
  };
  globalThis.setTimeout = ((work: () => void, ms: number) =>
    running.getStore()
      ? machine.later(Math.max(1, Math.round(pauseOf(whoCalls(), ms) / stepMs)), work)
      : realTimeout(work, ms)) as typeof globalThis.setTimeout;
  return () => {
    epoch = begin + machine.now() * stepMs + betweenRunsMs;
    globalThis.setTimeout = realTimeout;
    Math.random = realChance;
    crypto.getRandomValues = realBytes;
    Reflect.deleteProperty(performance, 'now');
    for (const client of clients) Reflect.deleteProperty(client, 'send');
  };
};

/** A call within an invocation waits for its turn; any other call is executed at once. */
export const inTurn =
  (machine: Machine, perform: (call: Call) => void, direct: (sent: Sent) => object): Send =>
  (sent) =>
    new Promise((resolve, reject) => {
      const invocation = running.getStore();
      if (invocation) {
        machine.later(0, () => perform({ invocation, sent, resolve, reject }));
      } else resolve(direct(sent));
    });
