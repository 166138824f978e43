import { build } from 'esbuild';

/** Bundled as `infra/constructs/district-function.ts` bundles what is deployed. */
export const bundle = (entry: string, outfile: string): Promise<unknown> =>
  build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as topLevelRequire}from'node:module';const require=topLevelRequire(import.meta.url);",
    },
  });
