// `npm run bench -- [name [--option value …]]`: runs the named bench, or all.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';

/** A bench is a folder with a `bench.ts` that exports these. */
export interface Bench {
  /** The options with their defaults, as text, as typed after `--name`. */
  readonly options: Readonly<Record<string, string>>;
  /** Prints the tables and returns the raw figures. */
  readonly run: (options: Readonly<Record<string, string>>) => Promise<unknown>;
}

const here = import.meta.dirname;
const names = readdirSync(here).filter((name) => existsSync(join(here, name, 'bench.ts')));
const benchOf = async (name: string): Promise<Bench> =>
  (await import(join(here, name, 'bench.ts'))) as Bench;

const usage = `usage: npm run bench                       all of them, one after the other
       npm run bench -- NAME [--option VALUE …]

  NAME   ${names.join(', ')}`;

const runAll = (): void => {
  // A process for each bench, because the functions' clients read their endpoints only once.
  for (const each of names) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, each], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
};

const runOne = async (name: string, given: readonly string[]): Promise<void> => {
  const bench = await benchOf(name);
  const { values } = parseArgs({
    args: [...given],
    options: Object.fromEntries(
      Object.entries(bench.options).map(([option, value]) => [
        option,
        { type: 'string' as const, default: value },
      ]),
    ),
  });
  const options = values as Record<string, string>;
  const on = machine();
  const shown = Object.entries(options).map(([option, value]) => `--${option} ${value}`);
  console.log(`\n# ${name}\n\n${on.summary}\n${shown.join(' ')}\n`);
  const result = await bench.run(options);
  const folder = join(here, 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${on.at.replaceAll(':', '')}.json`);
  writeFileSync(file, `${JSON.stringify({ name, machine: on, options, result }, null, 1)}\n`);
  console.log(`\nraw figures: ${file}`);
};

const [, , name, ...given] = process.argv;
if (name === undefined) runAll();
else if (name === '--help') console.log(usage);
else if (!names.includes(name)) {
  console.error(`There is no bench ${name}.\n\n${usage}`);
  process.exitCode = 1;
} else await runOne(name, given);
