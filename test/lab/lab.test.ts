import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { planOf, simulate } from './simulation.ts';

const run = promisify(execFile);
const runs = 400;
/** Not the seeds of `npm run lab`, so that both together cover more. */
const otherwise = 5_000_001;

/** The first seed, derived from the commit; a fixed one outside a repository. */
const firstSeed = async (): Promise<number> => {
  try {
    const { stdout } = await run('git', ['rev-parse', 'HEAD']);
    return 10_000_000 + Number.parseInt(stdout.slice(0, 7), 16);
  } catch {
    return otherwise;
  }
};

// In a process of its own, because the same runs take three times as long in jest's sandbox.
test(`${runs} schedules break no law`, async () => {
  const first = String(await firstSeed());
  const lab = ['test/lab/run-lab.ts', '--runs', String(runs), '--seed', first];
  // If a law is broken, the output says how to replay the run.
  const { stdout } = await run(process.execPath, lab).catch((error) => error);
  expect(stdout).toContain('| violations | 0 |');
});

test('a seed is a schedule', async () => {
  const hashes = new Set<string>();
  const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
  // One of each kind of run, at least.
  expect(new Set(seeds.map((seed) => planOf(seed).followed)).size).toBe(2);
  expect(seeds.some((seed) => planOf(seed).closedBefore)).toBe(true);
  for (const seed of seeds) {
    const once = await simulate(planOf(seed));
    await simulate(planOf(seed + 100));
    const again = await simulate(planOf(seed));
    expect([again.hash, again.faults]).toEqual([once.hash, once.faults]);
    hashes.add(once.hash);
  }
  expect(hashes.size).toBe(seeds.length);
});
