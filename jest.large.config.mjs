// The tests that take more than some 12 seconds: `npm run test:large`, which is part of `npm run check`.
import config, { projects } from './jest.config.mjs';

export default { ...config, projects: projects('/test/(?!.*\\.large\\.)') };
