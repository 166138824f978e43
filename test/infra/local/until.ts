import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition, however slow the machine is: only the test's own end ends it. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10);
};
