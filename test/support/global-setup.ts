import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../infra/local/dynamodb.ts';
import { synthesise } from '../../infra/local/synthesise.ts';

/**
 * Before all tests, once: the app synthesised for the local district, and a DynamoDB Local for the
 * tests of the ledger and the projections. Journeys start hosts with engines of their own.
 */
export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-test-'));
  const cdkOut = join(folder, 'cdk.out');
  await synthesise(process.cwd(), cdkOut, { district: 'local' });
  process.env.TEST_CDK_OUT = cdkOut;
  process.env.TEST_FOLDER = folder;
  if (process.env.DYNAMODB_ENDPOINT) return;
  const engine = await startEngine(join(folder, 'dynamodb'), join(folder, 'dynamodb.log'));
  process.env.TEST_DYNAMODB_ENDPOINT = engine.endpoint;
  (globalThis as { stopEngine?: () => Promise<void> }).stopEngine = engine.stop;
};
