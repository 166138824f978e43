import { AsyncLocalStorage } from 'node:async_hooks';
import { eventBridge } from '../../functions/outbox/eventbridge.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import type { Random } from './random.ts';
import { type Sent, sentOf } from './store-shapes.ts';

/** One run of a function. It ends once: with what it answers, or as failed, whatever it does then. */
export interface Invocation {
  readonly name: string;
  /** The service has its outcome; what comes later nobody hears. */
  over: boolean;
  /** Its code goes no further; only a call that is under way may still arrive. */
  frozen: boolean;
  readonly ended: (outcome: Outcome) => void;
}
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export type Send = (sent: Sent) => Promise<object>;

/** A call of one of the services, which waits for its turn. */
export interface Call {
  readonly invocation: Invocation;
  readonly sent: Sent;
  readonly resolve: (result: object) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes down a line of the trace, if there is one. */
export type Note = (line: () => string) => void;

interface Turn {
  readonly from: number;
  readonly take: () => void;
}

/** Something that has work to begin: how many things at the moment, and how to begin one. */
export interface Starter {
  readonly ready: () => number;
  readonly start: (which: number) => void;
}

const running = new AsyncLocalStorage<Invocation>();

/** Who makes the call that is being made. */
export const whoCalls = (): string => running.getStore()?.name ?? '';

export const finish = (invocation: Invocation, outcome: Outcome): void => {
  if (invocation.over) return;
  invocation.over = true;
  invocation.ended(outcome);
};

/** Stops an invocation where it is: the service sees it fail, its code never goes on. */
export const freeze = (invocation: Invocation, why: string): void => {
  invocation.frozen = true;
  finish(invocation, { error: new Error(why) });
};

/**
 * Resolves when whatever was resumed has run up to its next call: before a tick is taken, node runs
 * its promises dry.
 */
const allWait = (): Promise<void> =>
  new Promise((resolve) => queueMicrotask(() => process.nextTick(resolve)));

/** Time in steps, and everything that waits for its turn; chance says whose turn it is. */
export const createMachine = (random: Random) => {
  let now = 0;
  const due: Turn['take'][] = [];
  /** The first of them last. */
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
    /** Takes turns, and starts what can be started, until nothing is left to do. */
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

/** Milliseconds a step lasts on the functions' clock. */
export const stepMs = 25;
/** Each run begins after the end of the one before, so that nothing a function kept is still good. */
let epoch = 0;
const betweenRunsMs = 1e8;

type Sender = { send: (command: object) => Promise<unknown> };

/** Puts these in the place of services, clock and chance, and returns what undoes it. */
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

/** A call made inside an invocation waits for its turn; one from outside is done at once. */
export const inTurn =
  (machine: Machine, perform: (call: Call) => void, direct: (sent: Sent) => object): Send =>
  (sent) =>
    new Promise((resolve, reject) => {
      const invocation = running.getStore();
      if (invocation) {
        machine.later(0, () => perform({ invocation, sent, resolve, reject }));
      } else resolve(direct(sent));
    });
