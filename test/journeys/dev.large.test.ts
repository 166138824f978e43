import { mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, startProgram } from '../support/program.ts';

let dataDir: string;
let program: ReturnType<typeof startProgram>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-dev-'));
  program = startProgram(['infra/commands/dev.ts'], {
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
  });
  await program.until('leifeng is ready');
});
afterAll(async () => {
  program.signal('SIGKILL');
  await program.ended;
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test('a change bundles anew the functions that it is a part of, and no other', async () => {
  const base = /^export BASE=(.+)$/m.exec(await readFile(join(dataDir, 'tokens.env'), 'utf8'))?.[1];
  expect((await fetch(`${base}/totals/2024`)).status).toBe(200);
  // As an editor that saves a file as it was.
  await utimes('functions/dashboards/read-for-staff.ts', new Date(), new Date());
  await program.until('bundled anew');
  const [, names = ''] = /^bundled anew: (.*)$/m.exec(program.said()) ?? [];
  expect(names.split(', ')).toEqual([expect.stringMatching(/DashboardsApi/)]);
  expect((await fetch(`${base}/totals/2024`)).status).toBe(200);
});

test('Ctrl-C ends it', async () => {
  program.signal('SIGINT');
  expect(await program.ended).toBe(0);
});
