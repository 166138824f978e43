import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from '@jest/globals';
import {
  classPath,
  createTables,
  jarFolder,
  localClientConfig,
  startEngine,
} from '../../../../infra/local/data/dynamodb.ts';
import { onlyPrograms, statusesFor } from '../../../support/pages.ts';
import { until } from '../../../support/until.ts';
import { temporaryFolder } from '../fixture-app.ts';

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
  const compiled = readdirSync(out);
  expect(compiled).toHaveLength(3);
  for (const name of compiled) {
    expect(readFileSync(join(local, name)).equals(readFileSync(join(out, name)))).toBe(true);
  }
});

test('no page of a browser reaches the tables, by its own name or by this machine’s', async () => {
  const engine = await startEngine(join(folder.path, 'pages'), join(folder.path, 'pages.log'));
  try {
    expect(await statusesFor(engine.endpoint, 'DynamoDB_20120810.ListTables')).toEqual(
      onlyPrograms,
    );
  } finally {
    await engine.stop();
  }
});

test('what was acknowledged survives a killed database, which comes back by itself', async () => {
  const engine = await startEngine(join(folder.path, 'db'), join(folder.path, 'db.log'));
  const client = new DynamoDBClient(localClientConfig(engine.endpoint, 'us-east-1'));
  try {
    const made = { name: 'things', existed: false, streamArn: undefined };
    expect(await createTables(client, [table])).toEqual([made]);
    expect(await createTables(client, [table])).toEqual([{ ...made, existed: true }]);
    const other = { ...table, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }] };
    await expect(createTables(client, [other])).rejects.toThrow(/things .* has other keys/);

    const put = (pk: string) => ({ TableName: 'things', Item: { pk: { S: pk } } });
    await client.send(new PutItemCommand(put('one')));
    const both = { TransactItems: [{ Put: put('two') }, { Put: put('three') }] };
    await client.send(new TransactWriteItemsCommand(both));
    const before = engine.pid();
    process.kill(Number(before), 'SIGKILL');
    await until(engine.pid, (pid) => pid !== before);
    for (const pk of ['one', 'two', 'three']) {
      const get = new GetItemCommand({ TableName: 'things', Key: { pk: { S: pk } } });
      const answer = await until(
        () => client.send(get).catch(() => undefined),
        (found) => found !== undefined,
      );
      expect(answer?.Item).toEqual({ pk: { S: pk } });
    }
  } finally {
    client.destroy();
    await engine.stop();
  }
});

test('no telemetry file is written', () => {
  expect(existsSync(join(folder.path, 'db', 'dynamodb-local-metadata.json'))).toBe(false);
});

test.each<[string, (path: string) => void, RegExp]>([
  [
    'is no database',
    (path) => writeFileSync(path, 'no database, whatever else it is'),
    /instead of starting: .*not a database \(its log: /,
  ],
  ['is a folder', (path) => mkdirSync(path), /instead of starting: .*unable to open/],
])('an engine whose data file %s says so and ends', async (_, spoil, message) => {
  const data = join(folder.path, `spoilt-${message.source.length}`);
  mkdirSync(data);
  spoil(join(data, 'shared-local-instance.db'));
  await expect(startEngine(data, `${data}.log`)).rejects.toThrow(message);
});

test('a relative data folder is one of this process, not of the engine', async () => {
  const data = join(folder.path, 'relative');
  const engine = await startEngine(relative(process.cwd(), data), `${data}.log`);
  await engine.stop();
  expect(existsSync(join(data, 'shared-local-instance.db'))).toBe(true);
});

test('the engine ends with its host, also while it starts', async () => {
  const data = join(folder.path, 'orphan');
  mkdirSync(data);
  const options = [`-Djava.library.path=${join(jarFolder(), 'DynamoDBLocal_lib')}`];
  const path = `${local}:${classPath(jarFolder())}`;
  const child = spawn('java', [...options, '-cp', path, 'DynamoDBLocalOnLoopback', data, '0'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stdin.end();
  await once(child, 'exit');
  expect(said).not.toContain('listening');
});
