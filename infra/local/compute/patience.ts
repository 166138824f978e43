import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly isDone: () => boolean | Promise<boolean>;
  /** Returns a value that changes while there is progress. */
  readonly progress: () => unknown;
  /** Milliseconds without progress after which waiting fails. */
  readonly stillMs?: number;
  /** Describes the unfinished work, for `onWait` and for the error. */
  readonly waitingFor: () => string;
  /** Called after every ten seconds of waiting. */
  readonly onWait?: ((waitingFor: string) => void) | undefined;
}

/** Milliseconds between two checks. */
const LOOK_MS = 20;
const TELL_MS = 10_000;

/**
 * Waits for as long as there is progress, so that a slow machine does not fail.
 * @throws Error that says what was waited for, after `stillMs` (a minute) without progress
 */
export const waitWhileMoving = async (patience: Patience): Promise<void> => {
  const { isDone, progress, stillMs = 60_000, waitingFor, onWait } = patience;
  let seen = JSON.stringify(progress());
  let movedAt = Date.now();
  let toldAt = movedAt;
  while (!(await isDone())) {
    await sleep(LOOK_MS);
    const now = Date.now();
    const next = JSON.stringify(progress());
    if (next !== seen) {
      seen = next;
      movedAt = now;
    }
    if (now - movedAt > stillMs)
      throw new Error(`Nothing has moved for ${stillMs / 1000} seconds: ${waitingFor()}.`);
    if (now - toldAt > TELL_MS) {
      toldAt = now;
      onWait?.(waitingFor());
    }
  }
};
