import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, startProgram } from '../support/program.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-stop-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

test.each(['season of', '10%', '20%'])(
  'a stop in the middle of the season, at "%s", is a clean one',
  async (moment) => {
    const program = startProgram(['infra/commands/start.ts'], {
      PORT: String(await freePort()),
      DATA_DIR: dataDir,
    });
    await program.until(moment);
    program.signal('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.complained()).toBe('');
    expect(program.said()).toContain('Stopping');
    // The season goes on at the next start.
    expect((await readdir(dataDir)).filter((file) => file.endsWith('.played'))).toEqual([]);
  },
);
