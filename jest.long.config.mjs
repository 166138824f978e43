// The tests that take minutes: `npm run test:long`. They need whatever a test can need.
import config, { project } from './jest.config.mjs';

export default {
  ...config,
  projects: [
    project('long', ['**/*.long.test.ts'], [], {
      testPathIgnorePatterns: [],
      globalSetup: '<rootDir>/test/support/long-setup.ts',
      globalTeardown: '<rootDir>/test/support/engine-teardown.ts',
    }),
  ],
};
