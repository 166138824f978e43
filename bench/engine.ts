// DynamoDB Local and the environment of the functions, for benches that call them directly.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../infra/local/data/dynamodb.ts';

/**
 * Where the data of a bench lie: in memory if the system has a folder there. On a disk DynamoDB
 * Local spends most of its time waiting for each write to be on it, and that is then what is
 * measured. BENCH_DATA names another folder.
 */
export const dataFolder = (): string =>
  process.env.BENCH_DATA ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/**
 * Starts an engine with its data in a new folder, runs, and takes both away. What imports
 * functions must itself be imported inside: their clients look into the environment once.
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
