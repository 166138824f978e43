export interface Closing {
  /** Calls `step` at the end, before what was added earlier. */
  add(step: () => unknown): void;
  /**
   * Runs every step once, whatever fails among them, and tells of the failures on the console: who
   * ends a program can do nothing about them. Asked again, it waits for the same end.
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
