import { createRandom } from './random.ts';

/** All faults by their names in a trace, with the probability at each occasion. */
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
  /** A read that is not strongly consistent. */
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
  /** The next writes of one name, one to four times. */
  stopBefore: 0.06,
  /** A generation that is being loaded or built. */
  damage: 0.05,
} as const;
export type Fault = keyof typeof faultRates;
export const faultNames = Object.keys(faultRates) as readonly Fault[];

/** The kinds of faults in a run, and single occurrences (`duplicate#3`) to leave out. */
export interface FaultPlan {
  readonly kinds: readonly Fault[];
  readonly without: readonly string[];
}

/** Leaves some kinds out of each run, so that others are more frequent. This finds more than using all. */
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
    /** Whether this fault strikes now. Kinds have separate random numbers and do not affect each other. */
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
    /** Ends all faults. */
    end: (): void => {
      over = true;
    },
  };
};
export type Faults = ReturnType<typeof createFaults>;
