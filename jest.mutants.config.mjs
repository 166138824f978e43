// The project `pure` alone, as the mutation run needs it: one project at the top level.
import { projects } from './jest.config.mjs';

const pure = projects().find(({ displayName }) => displayName === 'pure');

export default {
  ...pure,
  testPathIgnorePatterns: [
    ...pure.testPathIgnorePatterns,
    // They load everything, so they would run for every mutant, and test none of the mutated files.
    '/test/(infra|access|support)/',
    '/test/functions/(http|refusals|dashboards)/',
    '/test/functions/imports/(?!decider)',
    '/test/[^/]+$',
  ],
};
