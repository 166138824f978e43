import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, jest, test } from '@jest/globals';
import {
  classPath,
  createTables,
  jarFolder,
  localClientConfig,
  startEngine,
} from '../../../../infra/local/data/dynamodb.ts';
import { temporaryFolder } from '../fixture-app.ts';
import { until } from '../until.ts';

jest.setTimeout(60_000);

const local = resolve(import.meta.dirname, '../../../../infra/local/data');
const folder = temporaryFolder();
afterAll(() => folder.remove());

const table = {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
};

test('the committed classes are what the source compiles to', () => {
  try {
    execFileSync('javac', ['-version'], { stdio: 'ignore' });
  } catch {
    console.warn('Skipped: there is no javac here to compile DynamoDBLocalOnLoopback.java with.');
    return;
  }
  const out = mkdtempSync(join(tmpdir(), 'leifeng-javac-'));
  const source = join(local, 'DynamoDBLocalOnLoopback.java');
  const options = ['--release', '17', '-g:none', '-proc:none', '-cp', classPath(jarFolder())];
  execFileSync('javac', [...options, '-d', out, source], { stdio: 'pipe' });
  for (const name of ['DynamoDBLocalOnLoopback.class', 'DynamoDBLocalOnLoopback$Nothing.class']) {
    expect(readFileSync(join(local, name)).equals(readFileSync(join(out, name)))).toBe(true);
  }
});

test('what was acknowledged survives a killed database, which comes back by itself', async () => {
  const engine = await startEngine(join(folder.path, 'db'), join(folder.path, 'db.log'));
  const client = new DynamoDBClient(localClientConfig(engine.endpoint, 'us-east-1'));
  try {
    expect([...(await createTables(client, [table]))]).toEqual([]);
    expect([...(await createTables(client, [table]))]).toEqual(['things']);
    const other = { ...table, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }] };
    await expect(createTables(client, [other])).rejects.toThrow(/things .* has other keys/);

    const put = (pk: string) => ({ TableName: 'things', Item: { pk: { S: pk } } });
    await client.send(new PutItemCommand(put('one')));
    const both = { TransactItems: [{ Put: put('two') }, { Put: put('three') }] };
    await client.send(new TransactWriteItemsCommand(both));
    const before = engine.pid();
    process.kill(Number(before), 'SIGKILL');
    await until(() => engine.pid() !== before);
    for (const pk of ['one', 'two', 'three']) {
      await until(async () => {
        const get = new GetItemCommand({ TableName: 'things', Key: { pk: { S: pk } } });
        const answer = await client.send(get).catch(() => undefined);
        if (answer) expect(answer.Item).toEqual({ pk: { S: pk } });
        return answer !== undefined;
      });
    }
  } finally {
    client.destroy();
    await engine.stop();
  }
});

test('no telemetry file is written', () => {
  expect(existsSync(join(folder.path, 'db', 'dynamodb-local-metadata.json'))).toBe(false);
});

test('without Java it says what to do', async () => {
  const path = process.env.PATH;
  process.env.PATH = folder.path;
  try {
    const start = startEngine(join(folder.path, 'x'), join(folder.path, 'x.log'));
    await expect(start).rejects.toThrow(/^Java was not found: install a Java 17\+ runtime/);
  } finally {
    process.env.PATH = path;
  }
});
