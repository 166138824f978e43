// The project `pure` alone, as the mutation run needs it: one project at the top level.
import config from './jest.config.mjs';

export default config.projects.find(({ displayName }) => displayName === 'pure');
