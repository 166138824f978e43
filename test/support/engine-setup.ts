import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../infra/local/data/dynamodb.ts';
import { createKmsActions, openKeys } from '../../infra/local/data/kms.ts';
import { serveActions } from '../../infra/local/edge/actions.ts';

/** Starts one DynamoDB Local and one KMS for all tests of the project `engine`. */
export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-test-'));
  process.env.TEST_FOLDER = folder;
  const account = { region: 'us-east-1', account: '000000000000' };
  const kms = await serveActions(createKmsActions(openKeys(folder, ['people'], false), account));
  process.env.TEST_KMS_ENDPOINT = `http://127.0.0.1:${kms.port}`;
  (globalThis as { stopKms?: () => Promise<void> }).stopKms = kms.stop;
  if (process.env.DYNAMODB_ENDPOINT) return;
  const engine = await startEngine(join(folder, 'dynamodb'), join(folder, 'dynamodb.log'));
  process.env.TEST_DYNAMODB_ENDPOINT = engine.endpoint;
  (globalThis as { stopEngine?: () => Promise<void> }).stopEngine = engine.stop;
};
