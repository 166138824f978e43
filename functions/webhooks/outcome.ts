// What becomes of a delivery, as the log has it, and how its receiver fares after an attempt.
import type { DeliveryProblem, Webhook } from '../../events/webhooks.ts';
import { slowsReceiver } from './attempt.ts';
import type { Queued } from './deliveries.ts';
import { logged, noAnswer, type Until, waitingSince } from './logged.ts';
import type { Attempt } from './post.ts';
import { rushMs } from './robots.ts';
import { nextAttempt, slowUntil } from './schedule.ts';
import { clearHealth, type Health, putHealth, putLogged } from './store.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** Until when nothing is sent to a receiver that fails, or in the rush; undefined when it gets something. */
export const notBefore = (
  kind: Webhook['kind'],
  health: Health | undefined,
  now: number,
): Until | undefined => {
  if (health?.slowUntil && Date.parse(health.slowUntil) > now)
    return { dueAt: health.slowUntil, problem: health.problem };
  const wait = rushMs(kind, now);
  return wait === 0 ? undefined : { dueAt: iso(now + wait), problem: null };
};

/** Puts a delivery off without an attempt. */
export const putOffUntil = (delivery: Queued, until: Until, now: number): Promise<void> =>
  putLogged(waitingSince(delivery, { at: iso(now), ...until }));

/** Writes that a delivery failed for a reason that no attempt changes. */
export const fail = (delivery: Queued, problem: DeliveryProblem, now: number): Promise<void> =>
  putLogged(
    logged(delivery, {
      ...{ status: 'failed', attempts: delivery.attempts, at: iso(now), problem, dueAt: null },
      ...noAnswer,
    }),
  );

const goneMs = 3_600_000;

/** The health of a receiver after one more failure. */
const worse = (
  webhookId: string,
  before: Health | undefined,
  made: Attempt,
  now: number,
): Health => {
  const failures = (before?.failures ?? 0) + 1;
  // Nothing else goes to a receiver that wants no more; it is disabled within a minute.
  const until =
    made.problem === 'gone'
      ? now + goneMs
      : slowsReceiver(made)
        ? slowUntil(failures, now, made.retryAfter)
        : null;
  return {
    webhookId,
    failingSince: before?.failingSince ?? iso(now),
    failures,
    problem: made.problem ?? 'status',
    slowUntil: until === null ? null : iso(until),
    warned: before?.warned ?? 0,
  };
};

/** Notes how a receiver fares after an attempt. */
export const noteHealth = async (
  webhookId: string,
  before: Health | undefined,
  made: Attempt,
  now: number,
): Promise<void> => {
  if (made.problem !== null) await putHealth(worse(webhookId, before, made, now), before);
  else if (before) await clearHealth(webhookId);
};

/**
 * Writes what came of an attempt.
 * @param attempts those made, this one included
 */
export const noteOutcome = (
  delivery: Queued,
  attempts: number,
  made: Attempt,
  now: number,
): Promise<void> => {
  const { problem, status: answered, latencyMs, answer } = made;
  const due = problem === null ? null : nextAttempt(attempts, now, Math.random(), made.retryAfter);
  return putLogged(
    logged(delivery, {
      status: problem === null ? 'delivered' : due === null ? 'failed' : 'waiting',
      ...{ attempts, at: iso(now), problem, answered, latencyMs, answer },
      dueAt: due === null ? null : iso(due),
    }),
  );
};
