import { createRandom } from './random.ts';

/** Every fault there is: how likely at each occasion, and what it is called in a trace. */
export const faultRates = {
  /** A call of the store or the bus. */
  conflict: 0.08,
  throttle: 0.04,
  lostAnswer: 0.05,
  crashBefore: 0.04,
  crashAfter: 0.05,
  zombie: 0.05,
  tornRead: 0.15,
  unprocessed: 0.1,
  /** A read that did not ask to be consistent. */
  staleRead: 0.2,
  /** PutEvents. */
  putEventsFails: 0.05,
  putEventsPartly: 0.2,
  /** From the stream to the queue. */
  checkpointLost: 0.08,
  duplicate: 0.15,
  lateDuplicate: 0.08,
  delay: 0.2,
  /** The queue. */
  lagging: 0.5,
  reorder: 0.4,
  dropThenRedeliver: 0.08,
  deleteLost: 0.08,
  overlap: 0.05,
  lateAgain: 0.3,
  poison: 0.05,
  /** From here on every write of a name, some times. */
  stopBefore: 0.06,
  /** A generation that is being built. */
  damage: 0.05,
} as const;
export type Fault = keyof typeof faultRates;
export const faultNames = Object.keys(faultRates) as readonly Fault[];

/** Which faults a run has, and single occurrences (`duplicate#3`) that are left out of it. */
export interface FaultPlan {
  readonly kinds: readonly Fault[];
  readonly without: readonly string[];
}

/** Each run leaves some kinds out and so has more of the others: that finds more than all of them. */
export const randomFaults = (seed: number): FaultPlan => {
  const random = createRandom(seed, 'faults');
  const share = random.pick([0, 0.3, 0.6, 1]);
  return { kinds: faultNames.filter(() => random.chance(share)), without: [] };
};

export const createFaults = (seed: number, { kinds, without }: FaultPlan) => {
  const fired: string[] = [];
  const left = new Set(without);
  const chances = new Map(
    kinds.map((kind) => [kind, { random: createRandom(seed, `fault ${kind}`), occasion: 0 }]),
  );
  let over = false;
  return {
    /** Whether this fault strikes now. Each kind has chances of its own: others do not shift them. */
    strikes: (kind: Fault): boolean => {
      const chance = chances.get(kind);
      if (over || !chance) return false;
      chance.occasion += 1;
      if (!chance.random.chance(faultRates[kind])) return false;
      const id = `${kind}#${chance.occasion}`;
      if (left.has(id)) return false;
      fired.push(id);
      return true;
    },
    fired: (): readonly string[] => fired,
    over: (): boolean => over,
    /** From here on all goes well. */
    end: (): void => {
      over = true;
    },
  };
};
export type Faults = ReturnType<typeof createFaults>;
