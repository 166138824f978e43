/** The only source of random numbers in a run. The same seed gives the same numbers on every machine. */
export interface Random {
  /** A number from 0 (included) to 1 (not). */
  readonly next: () => number;
  /** A whole number from 0 to `below − 1`. */
  readonly below: (below: number) => number;
  /** Both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
}

/** Mulberry32, over a hash of seed and purpose, so that purposes do not share numbers. */
export const createRandom = (seed: number, purpose: string): Random => {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (let at = 0; at < purpose.length; at += 1)
    state = Math.imul(state ^ purpose.charCodeAt(at), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
  };
};
