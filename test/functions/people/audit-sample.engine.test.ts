import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import { isSampled } from '../../../functions/people/audit-sample.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

/** The test district samples 100 of 1,000. */
const ids = Array.from({ length: 1000 }, (_, n) => idOf('c', n));
const sampleOf = async (year: string): Promise<readonly string[]> => {
  const are = await Promise.all(ids.map((id) => isSampled(id, year)));
  return ids.filter((_, index) => are[index]);
};

test('the sample is one for a year, has its share, and cannot be computed without the key', async () => {
  await freshTables();
  const sample = await sampleOf('2025');
  expect(sample.length).toBeGreaterThan(50);
  expect(sample.length).toBeLessThan(200);
  expect(await sampleOf('2025')).toEqual(sample);
  const common = async (year: string): Promise<number> =>
    (await sampleOf(year)).filter((id) => sample.includes(id)).length;
  expect(await common('2026')).toBeLessThan(50);
  // Another district, alike in all but the key.
  await freshTables();
  expect(await common('2025')).toBeLessThan(50);
});
