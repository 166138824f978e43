import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { checkLaws, readByLaws } from './check-laws.ts';
import { compareNight } from './compare-night.ts';
import { mappingsThatAreOff } from './event-source-mappings.ts';
import { readNewest } from './read-newest.ts';

const shown = 100;

/**
 * Compares documents with what they are made of and the Views with the Ledger, a part of them each
 * night, and checks every law. The metric `drift` is taken from the log line `reconciled`: the number
 * of differences, of breaches, and of event source mappings that are off, 0 when all is well. When the
 * run fails or times out there is no such line, and an alarm fires.
 */
export const handler = chain<unknown, { readonly drift: number }>().handler(async () => {
  const { live } = await readGenerations();
  const { drift: differences, circle } = await compareNight(live);
  const byLaws = readByLaws();
  await readNewest(byLaws.takeNewest);
  const breaches = await checkLaws(live, byLaws);
  for (const { item, found } of differences.slice(0, shown))
    logger.error('item differs', { item, found });
  for (const { law, of, found } of breaches.slice(0, shown))
    logger.error('law broken', { law, of, found });
  const off = await mappingsThatAreOff();
  for (const { mapping, state } of off) logger.error('mapping is off', { mapping, state });
  const drift = differences.length + breaches.length + off.length;
  const { rows, nights, lastNights, year } = circle;
  logger.info('reconciled', {
    generation: live,
    drift,
    circle: { rows, nights, lastNights, year },
  });
  return { drift };
});
