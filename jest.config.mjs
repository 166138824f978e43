import { statfsSync } from 'node:fs';
import { join } from 'node:path';

// A test's name says what it needs, and so which project runs it; docs/testing.md has the table.
//   x.test.ts          pure: nothing but the code
//   x.engine.test.ts   engine: DynamoDB Local and a KMS, started once for all of them
//   x.host.test.ts     host: the synthesised assembly too; so do all of test/journeys
//   test/lab/          lab: the laboratory, which needs nothing but the code
// Its size is in its name too:
//   x.large.test.ts, x.large.engine.test.ts, x.large.host.test.ts
//                      takes more than some 12 seconds: jest.large.config.mjs
//   x.long.test.ts     takes minutes: jest.long.config.mjs

// The engine waits for the disk at every write, so temporary folders are in memory where there are 2 GiB of it.
const memory = '/dev/shm';
try {
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize > 2 ** 31) process.env.TMPDIR = memory;
} catch {
  // Not Linux: they stay where they are.
}

// Tests start some two hundred processes, which spend half of their time on compiling the same files.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node');

const common = {
  // jest would put it into a temporary folder.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

/**
 * @param paths which tests, in test/
 * @param without a pattern for what is left out of these
 */
export const project = (displayName, paths, without, rest = {}) => ({
  ...common,
  displayName,
  testMatch: paths.map((path) => `<rootDir>/test/${path}`),
  testPathIgnorePatterns: ['\\.long\\.test\\.ts$', ...without],
  ...rest,
});

/** The projects by what they need; `without` leaves out sizes. */
export const projects = (...without) => [
  project(
    'pure',
    ['**/*.test.ts'],
    ['\\.(engine|host)\\.test\\.ts$', '/test/(journeys|lab)/', ...without],
  ),
  project('engine', ['**/*.engine.test.ts'], without, {
    globalSetup: '<rootDir>/test/support/engine-setup.ts',
    globalTeardown: '<rootDir>/test/support/engine-teardown.ts',
  }),
  project('host', ['**/*.host.test.ts', 'journeys/**/*.test.ts'], without, {
    globalSetup: '<rootDir>/test/support/host-setup.ts',
  }),
  project('lab', ['lab/**/*.test.ts'], ['\\.engine\\.test\\.ts$', ...without]),
];

export default {
  // No assertion: it ends a run that hangs. What waits, waits for progress: test/support/until.ts.
  testTimeout: 30 * 60_000,
  maxWorkers: 2,
  projects: projects('\\.large\\.'),
};
