import { join } from 'node:path';
import { synthesise } from '../../infra/synthesise.ts';

/**
 * Before the tests of the project `host`: the app synthesised for the local district. The assembly is
 * kept, and made again only when its sources changed. Journeys start hosts with engines of their own.
 */
export default async (): Promise<void> => {
  const cdkOut = join(process.cwd(), 'node_modules', '.cache', 'leifeng', 'test-assembly');
  await synthesise(process.cwd(), cdkOut, { district: 'local' });
  process.env.TEST_CDK_OUT = cdkOut;
};
