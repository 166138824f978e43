import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let dataDir: string;
let child: ChildProcess;
let exited: Promise<unknown[]>;
let printed = '';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

const until = async (what: string): Promise<void> => {
  for (let tries = 0; tries < 1200 && !printed.includes(what); tries += 1) {
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  if (!printed.includes(what)) throw new Error(`it never said "${what}":\n${printed}`);
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-readme-'));
  child = spawn(process.execPath, ['infra/commands/start.ts', '--empty'], {
    env: { ...process.env, PORT: String(await freePort()), DATA_DIR: dataDir },
  });
  exited = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  await until('leifeng is ready');
}, 90_000);
afterAll(async () => {
  child.kill('SIGKILL');
  await exited;
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

interface Example {
  readonly command: string;
  readonly output: string;
}

/** The commands of the README's `console` blocks, each with what the README says it prints. */
const examplesOf = (readme: string): readonly Example[] =>
  [...readme.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .filter(Boolean)
      .map((example) => {
        const lines = example.trimEnd().split('\n');
        // A command goes on while a line ends in a backslash or an argument's quote is open.
        let last = 0;
        const open = (upTo: number): boolean => {
          const text = lines.slice(0, upTo + 1).join('\n');
          return text.endsWith('\\') || (text.match(/'/g)?.length ?? 0) % 2 === 1;
        };
        while (open(last)) last += 1;
        return {
          command: lines.slice(0, last + 1).join('\n'),
          output: lines.slice(last + 1).join('\n'),
        };
      }),
  );

test('every curl example of the README prints what the README says', async () => {
  const examples = examplesOf(await readFile('README.md', 'utf8'));
  expect(examples.length).toBeGreaterThanOrEqual(9);
  const run = async ({ command }: Example): Promise<string> => {
    const kept = join(dataDir, 'variables.env');
    const [, variable] = /^(\w+)=/.exec(command) ?? [];
    const keep = variable ? `\ndeclare -p ${variable} >> ${kept}` : '';
    const script = `. ${join(dataDir, 'tokens.env')}\n[ ! -f ${kept} ] || . ${kept}\n${command}${keep}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]).catch((error) => error);
    return stdout.trimEnd();
  };
  for (const example of examples) {
    let output = await run(example);
    // What is read from the views is there a moment later.
    for (let tries = 0; tries < 100 && output !== example.output; tries += 1) {
      await sleep(100);
      output = await run(example);
    }
    expect({ ...example, output }).toEqual(example);
  }
}, 60_000);

test('the tokens are for their owner only', async () => {
  expect((await stat(join(dataDir, 'tokens.env'))).mode & 0o777).toBe(0o600);
});

test('Ctrl-C stops everything cleanly', async () => {
  child.kill('SIGINT');
  const [code] = await exited;
  expect(code).toBe(0);
  expect(printed).toContain('Stopping');
}, 30_000);
