import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { mutants } from './mutants.ts';

const run = promisify(execFile);
const seeds = '400';

test.each(Object.keys(mutants))('the engine is wrong when %s', async (name) => {
  const lab = ['test/lab/figures/run.ts', '--runs', seeds, '--mutant', name];
  const { stdout } = await run(process.execPath, lab).catch((error) => error);
  expect(stdout).toMatch(/: [1-9]\d* wrong\n$/);
});
