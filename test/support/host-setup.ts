import { join } from 'node:path';
import { synthesise } from '../../infra/synthesise.ts';

/**
 * Synthesises the app for the local district, before the tests of the project `host`. The assembly is kept
 * until its sources change. Journeys start hosts with their own engines.
 */
export default async (): Promise<void> => {
  const cdkOut = join(process.cwd(), 'node_modules', '.cache', 'leifeng', 'test-assembly');
  await synthesise(process.cwd(), cdkOut, { district: 'local' });
  process.env.TEST_CDK_OUT = cdkOut;
};
