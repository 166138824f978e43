import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs one of infra/commands against a host to its end, as npm would. */
export const runCommand = async (
  url: string,
  file: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const child = spawn(process.execPath, [`infra/commands/${file}.ts`, ...args], {
    env: { ...process.env, BASE: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return { code: code as number | null, output: output.join('') };
};
