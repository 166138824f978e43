export interface Closing {
  /** Adds a step. Steps run in the opposite order of their adding. */
  add(step: () => unknown): void;
  /**
   * Runs every step once, even if some fail. Failures are printed and not thrown, because the caller, who
   * ends the program, cannot handle them. A second call waits for the same run.
   */
  close(): Promise<void>;
}

export const createClosing = (): Closing => {
  const steps: (() => unknown)[] = [];
  let closed: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error('While stopping:', error);
      }
    }
  };
  return {
    add: (step) => void steps.push(step),
    close: () => {
      closed ??= run();
      return closed;
    },
  };
};
