import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Blueprint } from '../assembly/blueprint.ts';
import { createTables, localClientConfig, startEngine } from './dynamodb.ts';
import { createKmsActions, openKeys } from './kms.ts';

export interface DataOptions {
  readonly dataDir: string;
  /** The endpoint of a running DynamoDB. Without it the host starts DynamoDB Local. */
  readonly endpoint: string | undefined;
  readonly onWait?: ((waitingFor: string) => void) | undefined;
}

/** The engine with the template's tables in it, and the keys of KMS. */
export const openData = async (blueprint: Blueprint, options: DataOptions) => {
  const { dataDir, onWait } = options;
  const log = join(dataDir, 'logs', 'dynamodb.log');
  const engine = options.endpoint
    ? undefined
    : await startEngine(join(dataDir, 'dynamodb'), log, onWait);
  const close = async (): Promise<void> => engine?.stop();
  try {
    const endpoint = engine?.endpoint ?? options.endpoint ?? '';
    const client = new DynamoDBClient(localClientConfig(endpoint, blueprint.region));
    const tables = await createTables(client, blueprint.tables).finally(() => client.destroy());
    const allExisted = tables.every(({ existed }) => existed);
    const keys = openKeys(dataDir, blueprint.keys, allExisted);
    if (keys.warning) console.warn(keys.warning);
    return {
      endpoint,
      tables,
      ready: async (): Promise<void> => engine?.ready(),
      actions: createKmsActions(keys, blueprint),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

export type Data = Awaited<ReturnType<typeof openData>>;
