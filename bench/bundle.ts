import { build } from 'esbuild';
import { bundleOptions } from '../infra/bundles.ts';

/** Bundled as what is deployed is. */
export const bundle = (entry: string, outfile: string): Promise<unknown> =>
  build({ ...bundleOptions, entryPoints: [entry], outfile });
