export interface Step {
  readonly step: string;
  readonly ms: number;
  /** The peak resident memory of the process so far. */
  readonly megabytes: number;
}

const steps: Step[] = [];

export const measured = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  const result = await act();
  const ms = performance.now() - began;
  steps.push({ step, ms, megabytes: process.resourceUsage().maxRSS / 1024 });
  return result;
};

/** Reports the steps' time and memory, and `more`, to the parent process. */
export const tell = (more: object): void => {
  console.log(JSON.stringify({ steps, ...more }));
};
