// Runs functions when the host's clock passes the time of their schedule.
import type { ScheduleSpec } from '../assembly/blueprint.ts';
import type { Queues } from '../messaging/queues.ts';
import type { Clock } from './clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The longest time between two checks, because the machine may have slept. */
const LONGEST_WAIT_MS = 60_000;
/** Runs nothing until the clock was last set this long ago, so that a played year runs no nights. */
const SETTLED_MS = 2_000;

/** The offset of a time zone from UTC at an instant, ms. */
const zoneOffset = (timezone: string, at: number): number => {
  const wall = new Intl.DateTimeFormat('sv', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
};

/** The latest due time of a schedule that is not after `now` (ms). */
export const latestDue = (
  { daily, timezone }: Pick<ScheduleSpec, 'daily' | 'timezone'>,
  now: number,
): number => {
  if (!daily) return now - (now % MINUTE);
  const { hour, minute } = daily;
  const today = Math.floor((now + zoneOffset(timezone, now)) / DAY) * DAY;
  const dueOn = (day: number): number => {
    const wall = day + (hour * 60 + minute) * 60_000;
    return wall - zoneOffset(timezone, wall - zoneOffset(timezone, wall));
  };
  const due = dueOn(today);
  return due <= now ? due : dueOn(today - DAY);
};

/** The first due time after `now` (ms). */
const nextDue = (spec: ScheduleSpec, now: number): number =>
  latestDue(spec, now + (spec.daily ? DAY : MINUTE));

/**
 * Runs a due schedule once, however many of its times the clock has passed, and never two runs of it at a
 * time. After the clock was set, it waits until the clock has been left alone for `settledMs`. A run is
 * recorded when it ends, so a run that the host's end cut off is repeated at the next start; so is the
 * last run that was due while the host was off. A clock that is set back runs nothing. A failed run is
 * not repeated.
 */
export const runSchedules = (
  specs: readonly ScheduleSpec[],
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  clock: Clock,
  queues: Queues,
  isBusy: () => boolean = () => false,
  settledMs = SETTLED_MS,
) => {
  const running = new Set<string>();
  const runs = new Map<string, number>();
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async (spec: ScheduleSpec, due: number): Promise<unknown> => {
    runs.set(spec.name, (runs.get(spec.name) ?? 0) + 1);
    const time = new Date(due).toISOString().replace('.000Z', 'Z');
    return invoke(spec.functionName, spec.inputAt(time));
  };

  const check = (): void => {
    clearTimeout(timer);
    if (stopping) return;
    const now = clock.now();
    for (const spec of specs) {
      if (running.has(spec.name)) continue;
      const until = queues.scheduledUntil(spec.name);
      const due = latestDue(spec, now);
      if (until === undefined || until > now) queues.saveScheduled(spec.name, now);
      else if (due > until) {
        running.add(spec.name);
        // The function's log and its error count show the failure.
        void run(spec, due)
          .catch(() => undefined)
          .then(() => {
            running.delete(spec.name);
            if (stopping) return;
            queues.saveScheduled(spec.name, due);
            check();
          });
      }
    }
    const next = Math.min(...specs.map((spec) => nextDue(spec, now) - now));
    timer = setTimeout(check, Math.min(Math.max(next, 1), LONGEST_WAIT_MS)).unref();
  };

  /** Waits until no function is running: on a slow machine a played day outlasts `settledMs`. */
  const checkWhenSettled = (): void => {
    if (isBusy()) timer = setTimeout(checkWhenSettled, settledMs).unref();
    else check();
  };

  clock.onSet(() => {
    clearTimeout(timer);
    if (settledMs === 0) check();
    else if (!stopping) timer = setTimeout(checkWhenSettled, settledMs).unref();
  });
  check();
  return {
    /** Runs a schedule now, independent of the clock, and resolves to the function's answer. */
    runNow: async (name: string): Promise<unknown> => {
      const spec = specs.find((one) => one.name === name);
      if (!spec) throw new RangeError(`There is no schedule ${name}.`);
      return run(spec, clock.now());
    },
    status: () =>
      Object.fromEntries(
        specs.map((spec) => [
          spec.name,
          {
            next: new Date(nextDue(spec, clock.now())).toISOString(),
            running: running.has(spec.name),
            runs: runs.get(spec.name) ?? 0,
          },
        ]),
      ),
    stop: (): void => {
      stopping = true;
      clearTimeout(timer);
    },
  };
};
