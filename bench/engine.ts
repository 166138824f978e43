// DynamoDB Local and the environment of the functions, for benches that call them directly.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../infra/local/data/dynamodb.ts';

/**
 * The folder for a bench's data: in memory if the system has such a folder. On a disk DynamoDB Local waits
 * for each write, and the bench would measure the disk. BENCH_DATA names another folder.
 */
export const dataFolder = (): string =>
  process.env.BENCH_DATA ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/**
 * Starts an engine with its data in a new folder, calls `run`, and removes both. Import modules that use
 * functions inside `run`, because the functions' clients read the environment only once.
 */
export const withEngine = async <T>(run: () => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(dataFolder(), 'leifeng-bench-'));
  const engine = await startEngine(join(folder, 'dynamodb'), join(folder, 'dynamodb.log'));
  delete process.env.DYNAMODB_ENDPOINT;
  process.env.TEST_DYNAMODB_ENDPOINT = engine.endpoint;
  try {
    await import('../test/support/tables.ts');
    return await run();
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
