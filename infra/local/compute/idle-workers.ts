import type { Worker } from 'node:worker_threads';

interface Parked<Slot> {
  readonly owner: string;
  readonly slot: Slot;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * The most idle workers that are kept. Each takes about 25 MB. A season keeps two workers of six functions
 * busy in turn; with fewer than twelve places nearly every change of function is a cold start.
 */
const MOST = 12;
/** A worker that has been idle for this long is ended. */
const LONGEST_MS = 20_000;

/** The idle workers of all functions, those idle the longest first. */
export const createIdleWorkers = <Slot extends { readonly worker: Worker }>() => {
  let parked: Parked<Slot>[] = [];
  const endFirst = (): void => void parked.shift()?.slot.worker.terminate();
  const timer = setInterval(() => {
    const longAgo = Date.now() - LONGEST_MS;
    while (parked[0] && parked[0].since < longAgo) endFirst();
  }, LONGEST_MS / 4).unref();
  return {
    park: (owner: string, slot: Slot): void => {
      parked.push({ owner, slot, since: Date.now() });
      if (parked.length > MOST) endFirst();
    },
    /** Takes the worker that was used last. */
    take: (owner: string): Slot | undefined => {
      const index = parked.findLastIndex((one) => one.owner === owner);
      return index < 0 ? undefined : parked.splice(index, 1)[0]?.slot;
    },
    /** Removes a worker that has ended. */
    forget: (slot: Slot): void => {
      parked = parked.filter((one) => one.slot !== slot);
    },
    close: (): void => clearInterval(timer),
  };
};
