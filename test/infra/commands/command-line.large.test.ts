import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { startProgram } from '../../support/program.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The commands of package.json that are ours, each with the words that it hands over. */
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file, words = ''] =
    /node ((?:infra\/commands|test\/lab)\/\S+)(?: (.+))?$/.exec(script) ?? [];
  return file ? [{ name, args: [file, ...words.split(' ').filter(Boolean)] }] : [];
});

/** Runs a command to its end. */
const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
  const program = startProgram(args, environment);
  const code = await program.ended;
  return { code, said: program.said(), complained: program.complained() };
};

describe.each(commands)('npm run $name', ({ name, args }) => {
  const usage = name === 'start' ? 'usage: npm start' : /usage: [\s\S]*npm run /;

  test('prints its usage for --help', async () => {
    const { code, said, complained } = await run([...args, '--help']);
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
    expect(said).toMatch(usage);
    expect(said).toContain(name);
  });

  test('refuses an option that it does not take with its usage, and does nothing', async () => {
    const { code, said, complained } = await run([...args, '--nonsense']);
    expect({ code, said }).toEqual({ code: 1, said: '' });
    expect(complained).toMatch(/^Unknown option '--nonsense'\.?\n/);
    expect(complained).toMatch(usage);
  });
});

test.each([
  ['redrive.ts', '--list=1'],
  ['redrive.ts', '-x'],
  ['redrive.ts', 'nonsense'],
  ['maintain.ts', 'nonsense'],
  ['maintain.ts', 'rebuild', 'nonsense'],
])('%s refuses %s with its usage', async (file, ...wrong) => {
  const { code, said, complained } = await run([`infra/commands/${file}`, ...wrong]);
  expect({ code, said }).toEqual({ code: 1, said: '' });
  expect(complained).toMatch(/usage: npm run/);
});

test.each([
  ['redrive.ts', [], 'list', 'true'],
  ['redrive.ts', [], 'queue', 'Unhandled'],
  ['maintain.ts', ['discard'], 'district', 'demo'],
])('%s %p does nothing when npm keeps --%s to itself', async (file, words, option, value) => {
  const { code, said, complained } = await run([`infra/commands/${file}`, ...words], {
    [`npm_config_${option}`]: value,
  });
  expect({ code, said }).toEqual({ code: 1, said: '' });
  expect(complained).toMatch(`npm has kept --${option} to itself: write -- before the options.`);
  expect(complained).toMatch(/usage: npm run/);
});

test('all commands of package.json are tried', () => {
  expect(commands.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['start', 'dev', 'logs', 'token', 'found', 'rebuild', 'redrive', 'lab']),
  );
});

test('a wrong port is refused with advice', async () => {
  const { code, complained } = await run(['infra/commands/start.ts'], { PORT: '70800' });
  expect(code).toBe(1);
  expect(complained).toBe('PORT must be a port number, not "70800": leave it out for 7080.\n');
});

test('a variable that is set to nothing counts as not set', async () => {
  // The folder is a file, so the host does not start.
  const { code, complained } = await run(['infra/commands/start.ts'], {
    ...{ PORT: '', DYNAMODB_ENDPOINT: '', DATA_DIR: 'package.json' },
  });
  expect(code).toBe(1);
  expect(complained).toMatch(/package\.json/);
  expect(complained).not.toMatch(/PORT must|DYNAMODB_ENDPOINT/);
});

test.each([
  ['--role', 'mayor'],
  ['--role', 'organiser'],
])('a token for %s %s is refused with the usage', async (...args) => {
  const { code, complained } = await run(['infra/commands/token.ts', ...args]);
  expect(code).toBe(1);
  expect(complained).toMatch(/^(--role must be one of|Somebody who is organiser)[\s\S]*usage: /);
});
