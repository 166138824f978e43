import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { checkLaws, readByLaws } from './check-laws.ts';
import { reconcile } from './reconcile.ts';

const shown = 100;

/**
 * Compares every total with the Ledger, each night, and looks whether every law holds. The log line
 * `reconciled` is what the metric `drift` is made of: how many totals differ and laws are broken, 0
 * when all is well. When it fails or does not end in time there is no line, and an alarm for that.
 */
export const handler = chain<unknown, { readonly drift: number }>().handler(async () => {
  const { live } = await readGenerations();
  const byLaws = readByLaws();
  const differences = await reconcile(live, undefined, byLaws.takeNewest);
  const breaches = await checkLaws(live, byLaws);
  for (const { cell, measure, expected, actual } of differences.slice(0, shown))
    logger.error('total differs', { cell, measure, expected, actual });
  for (const { law, of, found } of breaches.slice(0, shown))
    logger.error('law broken', { law, of, found });
  const drift = differences.length + breaches.length;
  logger.info('reconciled', { generation: live, drift });
  return { drift };
});
