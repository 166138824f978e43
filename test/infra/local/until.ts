import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition; rejects when it does not come true in time. */
export const until = async (
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not true in time: ${condition}`);
    await sleep(10);
  }
};
