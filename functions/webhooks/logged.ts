import type { Delivery, Queued } from './deliveries.ts';
import type { Logged } from './store.ts';

/** What the log keeps of a delivery; the rest says what became of it. */
export const logged = (
  { attempts: _, ...delivery }: Queued,
  rest: Omit<Logged, keyof Delivery>,
): Logged => ({ ...delivery, ...rest });

/** Of a delivery that was not attempted. */
export const noAnswer = { answered: null, latencyMs: null, answer: '' } as const;

/** Until when nothing is sent (RFC 3339), and why; the problem is null where the receiver is well. */
export type Until = Pick<Logged, 'problem'> & { readonly dueAt: string };

/** A delivery that waits without an attempt. */
export const waitingSince = (
  delivery: Queued,
  { at, dueAt, problem }: Until & Pick<Logged, 'at'>,
): Logged =>
  logged(delivery, {
    ...{ status: 'waiting', attempts: delivery.attempts, at, problem, dueAt },
    ...noAnswer,
  });
