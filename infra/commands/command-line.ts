import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What somebody typed that the command does not take. The usage is shown with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command takes, and its usage for `--help`. */
interface Takes<Options extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: Options;
  /** The words that may stand first, one of which must, such as `rebuild`. None by default. */
  readonly words?: readonly string[];
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>['values'];

interface Typed<Options extends ParseArgsOptionsConfig> {
  readonly values: Values<Options> & { readonly help?: boolean };
  readonly positionals: readonly string[];
}

/**
 * npm keeps options that stand before `--` to itself and tells them only as variables. The command would
 * run without them: `npm run redrive --list` would move what it should list.
 */
const refuseOptionsForNpm = (names: readonly string[]): void => {
  const kept = names.find((name) => process.env[`npm_config_${name.replaceAll('-', '_')}`]);
  if (kept !== undefined)
    throw new UsageError(`npm has kept --${kept} to itself: write -- before the options.`);
};

const typed = <Options extends ParseArgsOptionsConfig>({
  options,
  words,
}: Takes<Options>): Typed<Options> => {
  refuseOptionsForNpm(Object.keys(options));
  try {
    return parseArgs({
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: words !== undefined,
    }) as unknown as Typed<Options>;
  } catch (error) {
    // The advice that Node adds is about words that begin with a hyphen.
    throw new UsageError((error as Error).message.replace(/\. To specify .*/s, '.'));
  }
};

/**
 * Runs a command of package.json. `--help` prints the usage. An option that the command does not take, and a
 * `UsageError`, end it with the message and the usage; any other error ends it with its message. The exit
 * code is what `main` returns, 0 by default, and 1 after an error.
 */
export const runCommand = async <Options extends ParseArgsOptionsConfig>(
  takes: Takes<Options>,
  main: (values: Values<Options>, word: string) => Promise<number | undefined>,
): Promise<void> => {
  try {
    const { values, positionals } = typed(takes);
    if (values.help) return console.log(takes.usage);
    const [word = '', ...more] = positionals;
    const { words } = takes;
    if (words && (more.length > 0 || !words.includes(word)))
      throw new UsageError(`One of these words comes first: ${words.join(', ')}.`);
    process.exitCode = (await main(values, word)) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${takes.usage}`);
    // What a host has left open would keep the process alive.
    process.exit(1);
  }
};
