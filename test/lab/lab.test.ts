import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { planOf, simulate } from './simulation.ts';

const run = promisify(execFile);
const runs = 400;
/** Not those of `npm run lab`, so that both together see more. */
const otherwise = 5_000_001;

/** Other seeds with every commit, and the same ones for the same; what is no repository has its own. */
const firstSeed = async (): Promise<number> => {
  try {
    const { stdout } = await run('git', ['rev-parse', 'HEAD']);
    return 10_000_000 + Number.parseInt(stdout.slice(0, 7), 16);
  } catch {
    return otherwise;
  }
};

// In processes of its own: inside jest's sandbox the same runs take three times as long.
test(`${runs} schedules break no law`, async () => {
  const first = String(await firstSeed());
  const lab = ['test/lab/run-lab.ts', '--runs', String(runs), '--seed', first];
  // What it prints when a law is broken says how to play that one again.
  const { stdout } = await run(process.execPath, lab).catch((error) => error);
  expect(stdout).toContain('| violations | 0 |');
});

test('a seed is a schedule', async () => {
  const hashes = new Set<string>();
  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
  expect(new Set(seeds.map((seed) => planOf(seed).followed)).size).toBe(2);
  for (const seed of seeds) {
    const once = await simulate(planOf(seed));
    await simulate(planOf(seed + 100));
    const again = await simulate(planOf(seed));
    expect([again.hash, again.faults]).toEqual([once.hash, once.faults]);
    hashes.add(once.hash);
  }
  expect(hashes.size).toBe(seeds.length);
});
