const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long a delivery waits after each attempt that failed, ms. After the last, it has failed. */
export const waits = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** A receiver is asked for no longer than this to wait, whatever its `Retry-After` says. */
const longestWait = 24 * hour;

/**
 * When a delivery is tried again (epoch ms), a tenth earlier or later; null when it was tried ten times.
 * @param attempts those made, all failed
 * @param random from 0 to 1
 */
export const nextAttempt = (
  attempts: number,
  now: number,
  random: number,
  retryAfterSeconds: number | null = null,
): number | null => {
  const wait = waits[attempts - 1];
  if (wait === undefined) return null;
  const asked = Math.min((retryAfterSeconds ?? 0) * second, longestWait);
  return now + Math.max(Math.round(wait * (0.9 + 0.2 * random)), asked);
};

/** A webhook that had no success for this long, since its first failure, is disabled. */
const disabledAfterMs = 5 * 24 * hour;

/** How much of that must be over for each warning, in percent. */
export const warnings = [50, 70, 90] as const;

/** How far a failing webhook is on the way to being disabled, in whole percent; 100 at most. */
export const percentFailed = (failingSince: number, now: number): number =>
  Math.min(100, Math.max(0, Math.floor(((now - failingSince) / disabledAfterMs) * 100)));

/**
 * Until when a failing receiver gets nothing else (epoch ms): from the second failure in a row on, 20
 * seconds and twice as long each time, half an hour at most.
 */
export const slowUntil = (
  failures: number,
  now: number,
  retryAfterSeconds: number | null,
): number | null => {
  const asked = Math.min((retryAfterSeconds ?? 0) * second, longestWait);
  const ours = failures < 2 ? 0 : Math.min(5 * second * 2 ** Math.min(failures, 20), hour / 2);
  const wait = Math.max(asked, ours);
  return wait === 0 ? null : now + wait;
};

/** A receiver that takes as long to answer is slow, ms. */
const slowAnswer = 5 * second;

/**
 * Seconds for which a receiver rests after it took so long to answer, three times as long; null when it was
 * quick. So one that is slow each time takes a quarter of a place among the deliveries under way.
 */
export const restAfter = (latencyMs: number): number | null =>
  latencyMs < slowAnswer ? null : Math.ceil((3 * latencyMs) / second);
