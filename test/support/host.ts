import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, startHost } from '../../infra/local/host.ts';

export interface TestHost {
  readonly host: Host;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/**
 * Starts a host for a journey, on a free port, with an empty folder and chaos. Stopping it fails if a
 * function was denied a permission.
 */
export const startTestHost = async (): Promise<TestHost> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'leifeng-journey-'));
  const host = await startHost({
    cdkOut: process.env.TEST_CDK_OUT ?? '',
    dataDir,
    port: 0,
    chaos: true,
  });
  return {
    host,
    dataDir,
    stop: async () => {
      const { denied } = await host.status();
      await host.stop();
      await rm(dataDir, { recursive: true, force: true });
      // A denied permission of a queue's function would otherwise go unnoticed.
      if (denied.length > 0) throw new Error(denied.join('\n'));
    },
  };
};
