// Mutants of the pure files: deciders, policies, projections, and the pure parts of the rooms.
// `npm run mutants` runs them and prints the score.
export default {
  mutate: [
    'functions/*/{,*-}decider.ts',
    'functions/*/policy.ts',
    'functions/*/projection.ts',
    'functions/figures/{documents,packing}.ts',
    'functions/people/{age,phone,resident-id}.ts',
    'functions/runtime/{calendar,ids}.ts',
    'events/upcasters.ts',
  ],
  // TypeScript 7 has no compiler API for Stryker to rewrite a tsconfig with; nothing needs it.
  tsconfigFile: 'none',
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'jest.mutants.config.mjs',
    enableFindRelatedTests: true,
  },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker/incremental.json',
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  thresholds: { high: 90, low: 80, break: null },
};
