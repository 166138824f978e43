// Bundles all functions in one esbuild call, and keeps the result until a source changes.
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { fingerprintOf } from './fingerprint.ts';

const root = join(import.meta.dirname, '..');
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
  mainFields: ['module', 'main'],
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

let bundled: string | undefined;

/**
 * The folder with a function's bundle. The first call bundles every function, or reuses bundles made from
 * the same sources, and writes to standard error which of the two it did.
 * @param entry the handler's file below `functions/`
 */
export const bundleOf = (entry: string): string => {
  bundled ??= bundleAll();
  const folder = join(bundled, folderOf(entry));
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
  buildSync({
    ...bundleOptions,
    entryPoints: entries.map((entry) => ({
      in: join(root, 'functions', entry),
      out: `${folderOf(entry)}/index`,
    })),
    outdir: making,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
  });
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
