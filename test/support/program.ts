import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { until } from './until.ts';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** Starts one of the repository's programs in a process of its own, and keeps all its output. */
export const startProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  // 'close' comes after the last output.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    said: () => said,
    complained: () => complained,
    /** Waits for a text in the output, for as long as the program runs and prints more. */
    until: async (what: string): Promise<void> => {
      await until(
        () => said,
        () => said.includes(what) || isOver(),
      );
      if (isOver()) await ended;
      if (!said.includes(what)) throw new Error(`it never said "${what}":\n${said}${complained}`);
    },
    /** Resolves to the exit code; null if a signal ended the program. */
    ended,
    signal: (signal: NodeJS.Signals): void => void child.kill(signal),
  };
};
