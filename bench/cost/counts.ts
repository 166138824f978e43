/** Counts by name, such as `views.line.wru`. */
export type Counts = Readonly<Record<string, number>>;

export const createCounts = () => {
  let counts: Record<string, number> = {};
  return {
    add: (name: string, by = 1): void => {
      counts[name] = (counts[name] ?? 0) + by;
    },
    /** Returns the counts since the last call, and resets them. */
    take: (): Counts => {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
};

/** The sum of the counts whose names match the pattern. */
export const total = (counts: Counts, pattern: RegExp): number =>
  Object.entries(counts).reduce((sum, [name, by]) => (pattern.test(name) ? sum + by : sum), 0);
