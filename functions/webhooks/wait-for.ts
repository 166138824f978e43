import { pause } from '../runtime/dynamodb.ts';

/** Milliseconds between two readings of somebody who waits. */
const everyMs = 1_000;

/**
 * Reads again each second until there is something, or the time is over. Reads once when there is no time.
 * @param read what the time before it found is thrown away
 * @param isEnough ends the waiting
 * @param ms milliseconds; the last reading begins within them
 */
export const waitFor = async <Found>(
  read: () => Promise<Found>,
  isEnough: (found: Found) => boolean,
  ms: number,
): Promise<Found> => {
  const end = performance.now() + ms;
  for (;;) {
    const found = await read();
    const left = end - performance.now();
    if (left <= 0 || isEnough(found)) return found;
    await pause(Math.min(everyMs, left));
  }
};
