import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { bundleOf, bundleOptions, functionEntries } from '../bundles.ts';
import { readBlueprint } from '../local/assembly/blueprint.ts';

interface Bundle {
  readonly entry: string;
  /** The functions that run this entry, and the files of the assembly that they load. */
  readonly functions: readonly { readonly name: string; readonly bundle: string }[];
  /** The source files of the bundle, relative to the root of the repository. */
  inputs: ReadonlySet<string>;
}

const digestOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * The bundles of an assembly. They are rebuilt in place when their sources change, not minified and with
 * source maps.
 */
export const openBundles = (root: string, cdkOut: string) => {
  // An asset is a copy of a bundle. Equal bytes show which function runs which entry.
  const functions = readBlueprint(cdkOut).functions.map(({ name, bundle }) => ({ name, bundle }));
  const digests = new Map(functions.map((one) => [one, digestOf(one.bundle)]));
  const bundles = functionEntries().map((entry): Bundle => {
    const digest = digestOf(join(bundleOf(entry), 'index.mjs'));
    return {
      entry,
      functions: functions.filter((one) => digests.get(one) === digest),
      inputs: new Set(),
    };
  });

  const make = async (bundle: Bundle): Promise<void> => {
    const { entry, functions: running } = bundle;
    for (const outfile of new Set(running.map((one) => one.bundle))) {
      const { metafile } = await build({
        ...bundleOptions,
        ...{ minify: false, sourcemap: 'linked', metafile: true, logLevel: 'silent' },
        absWorkingDir: root,
        entryPoints: [join(root, 'functions', entry)],
        outfile,
      });
      bundle.inputs = new Set(Object.keys(metafile.inputs));
    }
  };

  /** Rebuilds bundles one by one. Returns the functions that have new ones; rejects as esbuild does. */
  const makeAll = async (some: readonly Bundle[]): Promise<readonly string[]> => {
    for (const bundle of some) await make(bundle);
    return some.flatMap((bundle) => bundle.functions.map(({ name }) => name));
  };

  return {
    makeAll: () => makeAll(bundles),
    /** Rebuilds the bundles that contain any of these files (absolute paths). */
    remake: (changed: readonly string[]): Promise<readonly string[]> => {
      const files = changed.map((file) => relative(root, file));
      return makeAll(bundles.filter(({ inputs }) => files.some((file) => inputs.has(file))));
    },
  };
};
