import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { checkLaws, readByLaws } from './check-laws.ts';
import { mappingsThatAreOff } from './event-source-mappings.ts';
import { reconcile } from './reconcile.ts';

const shown = 100;

/**
 * Compares every total with the Ledger and checks every law, each night. The metric `drift` is
 * taken from the log line `reconciled`: the number of totals that differ, of breaches, and of event
 * source mappings that are off, 0 when all is well. When the run fails or times out there is no such line, and an alarm fires.
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
  const off = await mappingsThatAreOff();
  for (const { mapping, state } of off) logger.error('mapping is off', { mapping, state });
  const drift = differences.length + breaches.length + off.length;
  logger.info('reconciled', { generation: live, drift });
  return { drift };
});
