import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../infra/local/compute/clock.ts';
import { startEngine } from '../../infra/local/data/dynamodb.ts';
import { createKmsActions, openKeys } from '../../infra/local/data/kms.ts';
import { serveActions } from '../../infra/local/edge/actions.ts';
import { createQueueActions } from '../../infra/local/messaging/queue-actions.ts';
import { openQueues } from '../../infra/local/messaging/queues.ts';
import { createChaos } from '../../infra/local/trial/chaos.ts';

/** Starts one DynamoDB Local, one KMS and the queue of deliveries for all tests of the project `engine`. */
export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-test-'));
  process.env.TEST_FOLDER = folder;
  const account = { region: 'us-east-1', account: '000000000000' };
  const kms = await serveActions(createKmsActions(openKeys(folder, ['people'], false), account));
  process.env.TEST_KMS_ENDPOINT = `http://127.0.0.1:${kms.port}`;
  (globalThis as { stopKms?: () => Promise<void> }).stopKms = kms.stop;
  const deliveries = { name: 'deliveries', arn: '', visibilityMs: 1, delayMs: 0, isFifo: true };
  const queues = openQueues(
    join(folder, 'queues.sqlite'),
    [deliveries],
    createClock(),
    createChaos(),
  );
  const sqs = await serveActions(createQueueActions(queues));
  process.env.TEST_SQS_ENDPOINT = `http://127.0.0.1:${sqs.port}`;
  (globalThis as { stopSqs?: () => Promise<void> }).stopSqs = async () => {
    await sqs.stop();
    queues.close();
  };
  if (process.env.DYNAMODB_ENDPOINT) return;
  const engine = await startEngine(join(folder, 'dynamodb'), join(folder, 'dynamodb.log'));
  process.env.TEST_DYNAMODB_ENDPOINT = engine.endpoint;
  (globalThis as { stopEngine?: () => Promise<void> }).stopEngine = engine.stop;
};
