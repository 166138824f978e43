import { waitWhileMoving } from '../../infra/local/compute/patience.ts';

/** Ten minutes without a change mean no progress, even on a busy machine. */
const STILL_MS = 600_000;

/**
 * Calls `look` until its value fulfils the condition, for as long as the value goes on changing, and
 * returns the last value. There is no deadline, so a slow machine does not fail.
 * @throws any error of `look`; Error with the last value, if it stops changing
 */
export const until = async <T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
): Promise<T> => {
  let seen = await look();
  const isDone = async (): Promise<boolean> => {
    seen = await look();
    return holds(seen);
  };
  if (!holds(seen))
    await waitWhileMoving({
      isDone,
      progress: () => seen,
      stillMs: STILL_MS,
      waitingFor: () => `${holds} of ${JSON.stringify(seen)}`,
    });
  return seen;
};
