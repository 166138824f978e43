import { waitWhileMoving } from '../../infra/local/compute/patience.ts';

/** What does not change for so long stands still, on the busiest machine: ten minutes. */
const STILL_MS = 600_000;

/**
 * Looks until what is seen holds, as long as it goes on changing, and gives what was seen last. So it
 * takes a slow machine's time, and ends when what is waited for has ended or stands still.
 * @throws whatever `look` throws; Error with what was seen last, when it stands still
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
