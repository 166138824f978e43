import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openIssuer } from '../../infra/local/edge/issuer.ts';
import type { HostStatus } from '../../infra/local/host.ts';

/** A host in a process of its own, whose every word is kept. */
export const startHostProcess = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'leifeng-process-'));
  const cdkOut = process.env.TEST_CDK_OUT ?? '';
  const args = ['test/support/host-process.ts', cdkOut, dataDir, '[{"sub":"first"}]'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, endpoint, tokens } = JSON.parse(String(line)) as {
    url: string;
    endpoint: string;
    tokens: readonly [string];
  };
  const { iss, aud } = JSON.parse(
    Buffer.from(tokens[0].split('.')[1] ?? '', 'base64url').toString(),
  ) as { iss: string; aud: string };
  const issuer = await openIssuer(dataDir, { issuer: iss, audience: [aud] });
  const status = async (): Promise<Pick<HostStatus, 'idle' | 'denied'>> =>
    (await (await fetch(`${url}/_local/status`)).json()) as HostStatus;
  return {
    url,
    endpoint,
    dataDir,
    mint: (claims: Record<string, string>) => issuer.mint(claims),
    /** What it has written to its terminal. */
    said: () => Buffer.concat(said),
    /** What functions were refused for want of a permission. */
    denied: async (): Promise<readonly string[]> => (await status()).denied,
    untilIdle: async (): Promise<void> => {
      for (let tries = 0; tries < 1200; tries += 1) {
        if ((await status()).idle) return;
        await sleep(50);
      }
      throw new Error(`the host does not become idle: ${JSON.stringify(await status())}`);
    },
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await exited;
    },
    discard: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
};
