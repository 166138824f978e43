/** What was counted, by a name as `views.line.wru`. */
export type Counts = Readonly<Record<string, number>>;

export const createCounts = () => {
  let counts: Record<string, number> = {};
  return {
    add: (name: string, by = 1): void => {
      counts[name] = (counts[name] ?? 0) + by;
    },
    /** Everything since the last taking. */
    take: (): Counts => {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
};

/** All that was counted under names that the pattern matches. */
export const total = (counts: Counts, pattern: RegExp): number =>
  Object.entries(counts).reduce((sum, [name, by]) => (pattern.test(name) ? sum + by : sum), 0);
