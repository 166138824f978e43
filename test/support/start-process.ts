import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { JWTPayload } from 'jose';
import { readBlueprint } from '../../infra/local/assembly/blueprint.ts';
import { openIssuer } from '../../infra/local/edge/issuer.ts';
import type { HostStatus } from '../../infra/local/host.ts';
import { until } from './until.ts';

export type HostProcess = Awaited<ReturnType<typeof startHostProcess>>;

/** A host in a process of its own, whose every word is kept, for a test that kills it. */
export const startHostProcess = async (
  dataDir: string,
  cdkOut = process.env.TEST_CDK_OUT ?? '',
) => {
  const child = spawn(process.execPath, ['test/support/host-process.ts', cdkOut, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  const words = (): string => Buffer.concat(said).toString();
  // 'close' comes when its last words are there too.
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
    /** An access token of the host's own issuer, as long as its data folder is there. */
    mint: async (claims: JWTPayload): Promise<string> => (await issuer?.mint(claims)) ?? '',
    /** What it has written to its terminal. */
    said: (): Buffer => Buffer.concat(said),
    /** What functions were refused for want of a permission. */
    denied: async (): Promise<readonly string[]> => (await status()).denied,
    untilIdle: async (): Promise<void> => void (await until(status, ({ idle }) => idle)),
    /** Ends it as a power cut would, if it has not ended yet, and resolves when it has. */
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
