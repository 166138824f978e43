import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { planOf, simulate } from './simulation.ts';

const runs = 3000;
/** Not those of `npm run lab`, so that both together see more. */
const first = 5_000_001;

// In processes of its own: inside jest's sandbox the same runs take three times as long.
test(`${runs} schedules break no law`, async () => {
  const lab = ['test/lab/run-lab.ts', '--runs', String(runs), '--seed', String(first)];
  const { stdout } = await promisify(execFile)(process.execPath, lab);
  expect(stdout).toContain('| violations | 0 |');
}, 180_000);

test('a seed is a schedule', async () => {
  const hashes = new Set<string>();
  for (const seed of [1, 2, 3, 4, 5]) {
    const once = await simulate(planOf(seed));
    await simulate(planOf(seed + 100));
    const again = await simulate(planOf(seed));
    expect([again.hash, again.faults]).toEqual([once.hash, once.faults]);
    hashes.add(once.hash);
  }
  expect(hashes.size).toBe(5);
});
