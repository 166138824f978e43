import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';
import { readGenerations } from '../views/generations.ts';
import { compareNight } from './compare-night.ts';
import { mappingsThatAreOff } from './event-source-mappings.ts';

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
  for (const { item, found, law } of differences.slice(0, shown))
    logger.error(law ? 'law broken' : 'item differs', { item, found, ...(law ? { law } : {}) });
  const off = await mappingsThatAreOff();
  for (const { mapping, state } of off) logger.error('mapping is off', { mapping, state });
  const drift = differences.length + off.length;
  const { rows, nights, lastNights, year } = circle;
  logger.info('reconciled', {
    generation: live,
    drift,
    circle: { rows, nights, lastNights, year },
  });
  return { drift };
});
