import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { JWTPayload } from 'jose';
import { readBlueprint } from '../../infra/local/assembly/blueprint.ts';
import { openIssuer } from '../../infra/local/edge/issuer.ts';
import type { HostStatus } from '../../infra/local/host.ts';
import { until } from './until.ts';

export type HostProcess = Awaited<ReturnType<typeof startHostProcess>>;

/** Starts a host in a process of its own, for a test that kills it, and keeps all its output. */
export const startHostProcess = async (
  dataDir: string,
  cdkOut = process.env.TEST_CDK_OUT ?? '',
) => {
  const child = spawn(process.execPath, ['test/support/host-process.ts', cdkOut, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  const words = (): string => Buffer.concat(said).toString();
  // 'close' comes after the last output.
  const ended = once(child, 'close');
  const started = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said.push(chunk);
        const [line] = /^\{.*\}$/m.exec(words()) ?? [];
        if (line) resolve(line);
      });
    void ended.then(() => reject(new Error(`The host ended instead of starting:\n${words()}`)));
  });
  const { url, endpoint } = JSON.parse(await started) as Record<'url' | 'endpoint', string>;
  const { authorizer } = readBlueprint(cdkOut).routes.find(({ authorizer }) => authorizer) ?? {};
  const issuer = authorizer && (await openIssuer(dataDir, authorizer));
  const status = async (): Promise<HostStatus> =>
    (await (await fetch(`${url}/_local/status`)).json()) as HostStatus;
  return {
    url,
    endpoint,
    /** An access token of the host's own issuer. It needs the host's data folder. */
    mint: async (claims: JWTPayload): Promise<string> => (await issuer?.mint(claims)) ?? '',
    /** The output of the process. */
    said: (): Buffer => Buffer.concat(said),
    /** The permissions that functions were denied. */
    denied: async (): Promise<readonly string[]> => (await status()).denied,
    untilIdle: async (): Promise<void> => void (await until(status, ({ idle }) => idle)),
    /** Kills the process, if it still runs, and resolves when it has ended. */
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
