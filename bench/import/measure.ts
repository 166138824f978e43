export interface Step {
  readonly step: string;
  readonly ms: number;
  /** The most that the process has ever had in memory, everything counted. */
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

/** Says to whoever started this process what the steps took, and what came of them. */
export const tell = (more: object): void => {
  console.log(JSON.stringify({ steps, ...more }));
};
