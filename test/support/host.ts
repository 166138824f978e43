import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, startHost } from '../../infra/local/host.ts';

export interface TestHost {
  readonly host: Host;
  readonly dataDir: string;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** The assembly as it is made for a host at a port: whoever signs in is sent to the issuer's own address. */
const assemblyFor = async (port: number, folder: string): Promise<string> => {
  const cdkOut = join(folder, 'cdk.out');
  await cp(process.env.TEST_CDK_OUT ?? '', cdkOut, { recursive: true });
  for (const name of await readdir(cdkOut, { recursive: true })) {
    if (!name.endsWith('.template.json')) continue;
    const text = await readFile(join(cdkOut, name), 'utf8');
    await writeFile(join(cdkOut, name), text.replaceAll('127.0.0.1:7080', `127.0.0.1:${port}`));
  }
  return cdkOut;
};

/**
 * Starts a host for a journey, on a free port, with an empty folder and chaos. Stopping it fails if a
 * function was denied a permission.
 * @param signIn whether people sign in there, for which the issuer's address is that of the host
 */
export const startTestHost = async ({ signIn = false } = {}): Promise<TestHost> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'leifeng-journey-'));
  const port = signIn ? await freePort() : 0;
  const host = await startHost({
    cdkOut: signIn ? await assemblyFor(port, dataDir) : (process.env.TEST_CDK_OUT ?? ''),
    dataDir,
    port,
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
