// Faults of a distributed system that tests switch on. All are off at first.
import type { Faults } from '../compute/faults.ts';

export interface ChaosSettings {
  readonly seed: number;
  /** Probabilities, 0 to 1. */
  readonly duplicate: number;
  readonly crashBeforeWrite: number;
  readonly crashAfterWrite: number;
  readonly throttle: number;
  readonly failEntries: number;
  /** The most milliseconds by which queue messages become visible late. */
  readonly delay: number;
  /** Delays only queues whose name contains this; all queues if it is empty. */
  readonly delayed: string;
  readonly shuffle: boolean;
}

export interface Chaos extends Faults {
  settings(): ChaosSettings;
  /** Replaces all settings; those not named are off. Throws for an unknown or impossible one. */
  set(settings: Readonly<Record<string, unknown>>): void;
  crashesBeforeWrite(): boolean;
  crashesAfterWrite(): boolean;
  throttles(): boolean;
}

const OFF: ChaosSettings = {
  seed: 1,
  duplicate: 0,
  crashBeforeWrite: 0,
  crashAfterWrite: 0,
  throttle: 0,
  failEntries: 0,
  delay: 0,
  delayed: '',
  shuffle: false,
};

/** mulberry32: the same seed gives the same faults for the same order of calls. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const check = (name: string, value: unknown): void => {
  const type = typeof OFF[name as keyof ChaosSettings];
  if (type === 'undefined') throw new RangeError(`There is no chaos switch "${name}".`);
  const limit = name === 'seed' || name === 'delay' ? Number.MAX_SAFE_INTEGER : 1;
  const number = typeof value === 'number' && value >= 0 && value <= limit;
  if (typeof value !== type || (type === 'number' && !number)) {
    throw new RangeError(`The chaos switch "${name}" cannot be ${JSON.stringify(value)}.`);
  }
};

export const createChaos = (): Chaos => {
  let settings = OFF;
  let random = randomFrom(OFF.seed);
  // Draws no number for a switch that is off, so that switches do not change each other's draws.
  const happens = (probability: number): boolean => probability > 0 && random() < probability;
  return {
    settings: () => settings,
    set: (next) => {
      for (const [name, value] of Object.entries(next)) check(name, value);
      settings = { ...OFF, ...next };
      random = randomFrom(settings.seed);
    },
    duplicates: () => happens(settings.duplicate),
    crashesBeforeWrite: () => happens(settings.crashBeforeWrite),
    crashesAfterWrite: () => happens(settings.crashAfterWrite),
    throttles: () => happens(settings.throttle),
    failsEntry: () => happens(settings.failEntries),
    delayMs: (queue) =>
      settings.delay > 0 && queue.includes(settings.delayed)
        ? Math.floor(random() * settings.delay)
        : 0,
    laterMs: () => (random() < 0.5 ? 0 : Math.floor(random() * 2000)),
    shuffles: () => settings.shuffle,
    shuffle: (list) =>
      list
        .map((item) => ({ item, order: random() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
  };
};
