// Finds the bundles of the functions: beside compiled code those that were built with it. Beside sources it
// bundles all functions in one esbuild call, and again each that imports a part later, and keeps the result until a
// source changes.
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { fingerprintOf } from './fingerprint.ts';
import { licencesOf } from './licences.ts';

const root = join(import.meta.dirname, '..');
/** Where `npm run build` puts the bundles, as seen from compiled code. Beside sources there is no such folder. */
const built = join(root, 'bundles');
const cache = join(root, 'node_modules', '.cache', 'leifeng');
const keptMs = 24 * 60 * 60 * 1000;

/** The esbuild options of every function. Benchmarks use them too. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // Chinese texts take half the bytes that their escapes would.
  charset: 'utf8',
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': join(root, 'functions', 'runtime', 'credentials.ts'),
  },
  // Some dependencies of the SDK are CommonJS and call `require`.
  banner: {
    js: "import{createRequire as topLevelRequire}from'node:module';const require=topLevelRequire(import.meta.url);",
  },
} as const satisfies BuildOptions;

/** The files below `functions/` that Lambda calls: those that export a `handler`. */
export const functionEntries = (): readonly string[] =>
  globSync('**/*.ts', { cwd: join(root, 'functions') })
    .filter((file) =>
      /^export const handler\b/m.test(readFileSync(join(root, 'functions', file), 'utf8')),
    )
    .sort();

/** The folder of one function's `index.mjs`, within the folder of all bundles. */
const folderOf = (entry: string): string => entry.replace(/\.ts$/, '').replaceAll('/', '-');

/** Whether a function imports a part of its own when it needs it, which is in a file of its own then. */
const importsLater = (
  entry: string,
  inputs: Metafile['inputs'],
  outputs: Metafile['outputs'],
): boolean =>
  Object.values(outputs)
    .filter(({ entryPoint }) => entryPoint === `functions/${entry}`)
    .flatMap((output) => Object.keys(output.inputs))
    .filter((input) => input.startsWith('functions/'))
    .some((input) => inputs[input]?.imports.some(({ kind }) => kind === 'dynamic-import'));

let bundled: string | undefined;

/**
 * The folder of all bundles. Beside sources the first call bundles every function, or reuses bundles made
 * from the same sources, and writes to standard error which of the two it did.
 */
export const bundlesFolder = (): string => {
  bundled ??= existsSync(built) ? built : bundleAll();
  return bundled;
};

/**
 * The folder with a function's bundle, `index.mjs`.
 * @param entry the handler's file below `functions/`
 */
export const bundleOf = (entry: string): string => {
  const folder = join(bundlesFolder(), folderOf(entry));
  statSync(folder); // Fails for an entry that exports no handler.
  return folder;
};

const bundleAll = (): string => {
  const entries = functionEntries();
  const sources = ['functions/**/*', 'events/**/*', 'package-lock.json'];
  const target = join(cache, `bundles-${fingerprintOf(root, sources, bundleOptions)}`);
  const count = `${entries.length} of ${entries.length} functions`;
  if (statSync(target, { throwIfNoEntry: false })) {
    console.error(`bundled ${count} (unchanged)`);
    return target;
  }
  mkdirSync(cache, { recursive: true });
  // Written to another folder and then renamed, so that no reader sees half of it.
  const making = `${target}.${process.pid}`;
  // Loaded here, because an app that uses the package has no esbuild.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const make = (some: readonly string[], splitting: boolean) =>
    buildSync({
      ...bundleOptions,
      splitting,
      entryPoints: some.map((entry) => ({
        in: join(root, 'functions', entry),
        out: `${folderOf(entry)}/index`,
      })),
      outdir: making,
      chunkNames: `${some.map(folderOf).join()}/[name]-[hash]`,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
      metafile: true,
    }).metafile;
  const { inputs, outputs } = make(entries, false);
  for (const entry of entries) if (importsLater(entry, inputs, outputs)) make([entry], true);
  writeFileSync(join(making, 'LICENCES.txt'), licencesOf(root, Object.keys(inputs)));
  try {
    renameSync(making, target);
  } catch (error) {
    // Another process finished the same bundles first.
    if (!statSync(target, { throwIfNoEntry: false })) throw error;
    rmSync(making, { recursive: true });
  }
  for (const old of globSync('bundles-*', { cwd: cache })) {
    const { mtimeMs } = statSync(join(cache, old), { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && Date.now() - mtimeMs > keptMs && join(cache, old) !== target)
      rmSync(join(cache, old), { recursive: true, force: true });
  }
  console.error(`bundled ${count}`);
  return target;
};
