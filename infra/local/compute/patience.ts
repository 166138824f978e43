import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly isDone: () => boolean | Promise<boolean>;
  /** Changes while there is progress. */
  readonly progress: () => unknown;
  /** Nothing has moved for so long that nothing will, in milliseconds. */
  readonly stillMs?: number;
  /** What is said of it, when it takes long and when it is given up. */
  readonly waitingFor: () => string;
  /** Called every ten seconds of waiting. */
  readonly onWait?: ((waitingFor: string) => void) | undefined;
}

/** Between two looks. */
const LOOK_MS = 20;
const TELL_MS = 10_000;

/**
 * Waits as long as there is progress, however slow the machine is.
 * @throws Error with what was waited for, when nothing has moved for `stillMs` (a minute)
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
