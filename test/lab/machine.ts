import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as soon } from 'node:timers/promises';
import { dynamodb } from '../../functions/shared/dynamodb.ts';
import { eventBridge } from '../../functions/shared/eventbridge.ts';
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

interface Turn {
  readonly from: number;
  readonly take: () => void;
}

const running = new AsyncLocalStorage<Invocation>();

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

/** Time in steps, and everything that waits for its turn; chance says whose turn it is. */
export const createMachine = (random: Random) => {
  let now = 0;
  let turns: Turn[] = [];
  return {
    now: (): number => now,
    later: (steps: number, take: () => void): void => {
      turns.push({ from: now + steps, take });
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
    run: async (startable: () => readonly (() => void)[], limit: number): Promise<boolean> => {
      for (let step = 0; step < limit; step += 1) {
        // Whatever was resumed runs up to its next call before anybody else has a turn.
        await soon();
        const due = turns.filter(({ from }) => from <= now);
        const starts = startable();
        if (due.length + starts.length === 0) {
          if (turns.length === 0) return true;
          now = Math.min(...turns.map(({ from }) => from));
          continue;
        }
        now += 1;
        const at = random.below(due.length + starts.length);
        const turn = due[at];
        if (turn) {
          turns = turns.filter((other) => other !== turn);
          turn.take();
        } else starts[at - due.length]?.();
      }
      return false;
    },
  };
};
export type Machine = ReturnType<typeof createMachine>;

/** Milliseconds a step lasts on the functions' clock. */
const stepMs = 25;
/** Each run is long after the one before, so that nothing a function kept is still good. */
let epoch = 0;

type Sender = { send: (command: object) => Promise<unknown> };

/** Puts these in the place of the services and of the clock, and returns what undoes it. */
export const install = (store: Send, bus: Send, machine: Machine): (() => void) => {
  const clients = [dynamodb, eventBridge] as unknown as readonly [Sender, Sender];
  const realTimeout = globalThis.setTimeout;
  epoch += 1e9;
  const begin = epoch;
  performance.now = () => begin + machine.now() * stepMs;
  clients[0].send = (command) => store(sentOf(command));
  clients[1].send = (command) => bus(sentOf(command));
  globalThis.setTimeout = ((work: () => void, ...rest: [number]) =>
    running.getStore()
      ? machine.later(1, work)
      : realTimeout(work, ...rest)) as typeof globalThis.setTimeout;
  return () => {
    globalThis.setTimeout = realTimeout;
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
