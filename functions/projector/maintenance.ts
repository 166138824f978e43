import * as z from 'zod';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { deleteOldGenerations } from './delete-old-generations.ts';
import { rebuild } from './rebuild.ts';
import { reconcilePart } from './reconcile.ts';

const left = z.strictObject({
  years: z.array(z.string()),
  place: z.strictObject({
    part: z.int().min(0),
    after: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  }),
});

const request = z.strictObject({
  action: z.enum(['rebuild', 'reconcile', 'discard']),
  restart: z.boolean().default(false),
  /** What an earlier call of `reconcile` left. */
  from: left.optional(),
});

/** Time reserved to finish the current page of the Ledger, or the comparison. */
const reserveMs = 120_000;
const shown = 100;

/**
 * Runs what an operator requests by `npm run rebuild`, `reconcile` or `discard`: see
 * docs/operations.md.
 * @param timeLeft milliseconds
 * @throws ZodError for any other request
 */
export const maintain = async (event: unknown, timeLeft: () => number): Promise<object> => {
  const { action, restart, from } = request.parse(event);
  const reserve = Math.min(reserveMs, timeLeft() / 2);
  const hasTime = (): boolean => timeLeft() > reserve;
  if (action === 'discard') return deleteOldGenerations(hasTime);
  if (action === 'rebuild') {
    const report = await rebuild(hasTime, { restart });
    logger.info('rebuild', { state: report.state, generation: report.generation });
    return { ...report, drift: report.drift.slice(0, shown) };
  }
  const { live } = await readGenerations();
  const part = await reconcilePart(live, from, hasTime);
  const { length } = part.differences;
  if (length > 0) logger.error('drift', { generation: live, drift: length });
  const drift = part.differences.slice(0, shown);
  return { generation: live, differences: length, drift, left: part.left ?? null };
};

export const handler = chain<unknown, object>().handler((event, context) =>
  maintain(event, () => context.getRemainingTimeInMillis()),
);
