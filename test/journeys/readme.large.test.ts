import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, startProgram } from '../support/program.ts';

let dataDir: string;
let program: ReturnType<typeof startProgram>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-readme-'));
  program = startProgram(['infra/commands/start.ts', '--empty'], {
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

interface Example {
  readonly command: string;
  readonly output: string;
}

/** The commands of a page's `console` blocks, each with what the page says it prints. */
const examplesOf = (page: string): readonly Example[] =>
  [...page.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
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

const baseUrl = async (): Promise<string> =>
  /^export BASE=(.+)$/m.exec(await readFile(join(dataDir, 'tokens.env'), 'utf8'))?.[1] ?? '';

test.each([
  ['README.md', 9],
  // Goes on where the README ends.
  ['docs/api.md', 6],
] as const)('every example of %s prints what the page says', async (page, least) => {
  const examples = examplesOf(await readFile(page, 'utf8'));
  expect(examples.length).toBeGreaterThanOrEqual(least);
  const base = await baseUrl();
  const run = async ({ command }: Example): Promise<string> => {
    const kept = join(dataDir, 'variables.env');
    const [, variable] = /^(\w+)=/.exec(command) ?? [];
    const keep = variable ? `\ndeclare -p ${variable} >> ${kept}` : '';
    const script = `. ${join(dataDir, 'tokens.env')}\n[ ! -f ${kept} ] || . ${kept}\n${command}${keep}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]).catch((error) => error);
    return stdout.trimEnd();
  };
  for (const example of examples) {
    const wasIdle = async (): Promise<boolean> => {
      const { idle } = (await (await fetch(`${base}/_local/status`)).json()) as { idle: boolean };
      return idle;
    };
    let output = await run(example);
    // What is read from the views is there a moment later: when the host is idle, at the latest.
    for (let idle = false; output !== example.output && !idle; ) {
      idle = await wasIdle();
      output = await run(example);
    }
    expect({ ...example, output }).toEqual(example);
  }
});

test('the tokens are for their owner only', async () => {
  expect((await stat(join(dataDir, 'tokens.env'))).mode & 0o777).toBe(0o600);
});

test('a token of any role can be had while the host runs', async () => {
  const token = async (...args: readonly string[]): Promise<string> => {
    const command = ['infra/commands/token.ts', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, DATA_DIR: dataDir },
    });
    return stdout.trim();
  };
  const base = await baseUrl();
  const auditor = await token('--role', 'auditor', '--sub', 'auditor-7');
  const lines = `${base}/dashboards/2024-10/lines?metric=creditedMinutes`;
  const answer = await fetch(lines, { headers: { authorization: `Bearer ${auditor}` } });
  expect(answer.status).toBe(200);
  await expect(token('--role', 'mayor')).rejects.toThrow(/--role must be one of district-admin, /);
  await expect(token('--role', 'organiser')).rejects.toThrow(/--organisation/);
});

test('a second host in the same folder is told so at once', async () => {
  const second = startProgram(['infra/commands/start.ts', '--empty'], {
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
  });
  expect(await second.ended).toBe(1);
  expect(second.complained()).toBe(
    `Another local host is using the folder ${dataDir}: stop it, or choose another folder.\n`,
  );
  expect(second.said()).toBe('');
});

test('Ctrl-C stops everything cleanly, though npm passes it on once more', async () => {
  program.signal('SIGINT');
  program.signal('SIGINT');
  expect(await program.ended).toBe(0);
  expect(program.said()).toContain('Stopping');
  expect(program.complained()).toBe('');
});
