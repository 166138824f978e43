import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { reconcile } from './reconcile.ts';

const shown = 100;

/**
 * Compares every total with the Ledger, each night. The log line `reconciled` is what the metric
 * `drift` is made of: how many totals differ, 0 when all is well. When it fails or does not end in
 * time there is no line, and an alarm for that.
 */
export const handler = async (): Promise<{ readonly drift: number }> => {
  const { live } = await readGenerations();
  const differences = await reconcile(live);
  for (const { cell, measure, expected, actual } of differences.slice(0, shown))
    logger.error('total differs', { cell, measure, expected, actual });
  logger.info('reconciled', { generation: live, drift: differences.length });
  return { drift: differences.length };
};
