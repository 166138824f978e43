import { statfsSync } from 'node:fs';
import { join } from 'node:path';

// A test's name says what it needs, and so which project runs it; docs/testing.md has the table.
//   x.test.ts          pure: nothing but the code
//   x.engine.test.ts   engine: DynamoDB Local and a KMS, started once for all of them
//   x.host.test.ts     host: the synthesised assembly too; so do all of test/journeys
//   test/lab/          lab: the laboratory, which needs nothing but the code
//   x.long.test.ts     long: takes minutes, and runs with jest.long.config.mjs only

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

export const project = (displayName, testMatch, rest = {}) => ({
  ...common,
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  testPathIgnorePatterns: ['\\.long\\.test\\.ts$'],
  ...rest,
});

export default {
  // No assertion: it ends a run that hangs. What waits, waits for progress: test/support/until.ts.
  testTimeout: 30 * 60_000,
  maxWorkers: 2,
  collectCoverageFrom: ['events/**/*.ts', 'functions/**/*.ts'],
  coverageDirectory: 'node_modules/.cache/coverage',
  coverageReporters: ['text', 'json-summary'],
  // Of pure, engine and lab, in percent: 96.4, 92.3, 97.7 and 97.2 on 2026-11-26.
  coverageThreshold: { global: { statements: 96, branches: 92, functions: 97, lines: 97 } },
  projects: [
    project('pure', ['**/*.test.ts'], {
      testPathIgnorePatterns: ['\\.(engine|host|long)\\.test\\.ts$', '/test/(journeys|lab)/'],
    }),
    project('engine', ['**/*.engine.test.ts'], {
      globalSetup: '<rootDir>/test/support/engine-setup.ts',
      globalTeardown: '<rootDir>/test/support/engine-teardown.ts',
    }),
    project('host', ['**/*.host.test.ts', 'journeys/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/support/host-setup.ts',
    }),
    project('lab', ['lab/**/*.test.ts'], {
      testPathIgnorePatterns: ['\\.(engine|long)\\.test\\.ts$'],
    }),
  ],
};
