// The project `pure` alone, as the mutation run needs it: one project at the top level.
import config from './jest.config.mjs';

const pure = config.projects.find(({ displayName }) => displayName === 'pure');

export default {
  ...pure,
  testPathIgnorePatterns: [
    ...pure.testPathIgnorePatterns,
    // Looks for words in the source, which has other ones where mutants are put in.
    '/refusals/words\\.test\\.ts$',
  ],
};
