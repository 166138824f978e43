import { build } from 'esbuild';
import { bundleOptions } from '../infra/bundles.ts';

/** Bundles a function with the options of deployed functions. */
export const bundle = (entry: string, outfile: string): Promise<unknown> =>
  build({ ...bundleOptions, entryPoints: [entry], outfile });
