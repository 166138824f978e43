import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);
const seeds = '300';

// In a process of its own, because the same runs take three times as long in jest's sandbox.
test(`${seeds} histories under faults end in exact figures`, async () => {
  const lab = ['test/lab/figures/run.ts', '--runs', seeds];
  // If a figure is wrong, the output names the seed.
  const { stdout } = await run(process.execPath, lab).catch((error) => error);
  expect(stdout).toMatch(/: 0 wrong\n$/);
});
