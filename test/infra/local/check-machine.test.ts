import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { checkMachine } from '../../../infra/local/check-machine.ts';
import { listen, sendJson } from '../../../infra/local/edge/http.ts';
import { openStore } from '../../../infra/local/messaging/queues.ts';
import { temporaryFolder } from './fixture-app.ts';

const { path: folder, remove } = temporaryFolder();
const { PATH } = process.env;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  process.env.PATH = PATH;
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(remove);

let made = 0;
const newPath = (): string => join(folder, `data-${made++}`);
const check = (change: Partial<Parameters<typeof checkMachine>[0]>) =>
  checkMachine({ port: 0, dataDir: newPath(), dynamodbEndpoint: undefined, ...change });

/** Puts a `java` of ours first. */
const withJava = (script: string | undefined): void => {
  const bin = newPath();
  mkdirSync(bin);
  if (script !== undefined) {
    writeFileSync(join(bin, 'java'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'java'), 0o755);
  }
  process.env.PATH = script === undefined ? bin : `${bin}:${PATH}`;
};

test('nothing stands in the way of a machine that has everything', async () => {
  withJava(`echo 'openjdk version "17.0.15" 2025-04-15' >&2`);
  expect(await check({})).toEqual([]);
});

test('a port that another program has', async () => {
  const server = await listen(0, async () => undefined);
  cleanups.push(() => server.stop());
  withJava('');
  expect(await check({ port: server.port })).toEqual([
    `Port ${server.port} is taken by another program: choose another with PORT=… npm start.`,
  ]);
});

test('a data folder that is a file, or below one', async () => {
  withJava('');
  const file = newPath();
  writeFileSync(file, '');
  const advice = 'choose another with DATA_DIR=… npm start.';
  expect(await check({ dataDir: file })).toEqual([`The data folder ${file} is a file: ${advice}`]);
  const below = join(file, 'data');
  expect(await check({ dataDir: below })).toEqual([
    `The data folder ${below} lies below a file: ${advice}`,
  ]);
});

test('a data folder that is not writable', async () => {
  withJava('');
  // Nobody may write there, whoever runs this test.
  expect(await check({ dataDir: '/proc/leifeng' })).toEqual([
    expect.stringMatching(/^The data folder \/proc\/leifeng .*: choose another with DATA_DIR=/),
  ]);
});

test('a data folder that another host uses, or whose queues are no queues', async () => {
  withJava('');
  const dataDir = newPath();
  mkdirSync(dataDir);
  const store = openStore(join(dataDir, 'queues.sqlite'));
  cleanups.push(() => store.close());
  expect(await check({ dataDir })).toEqual([
    `Another local host is using the folder ${dataDir}: stop it, or choose another folder.`,
  ]);
  const broken = newPath();
  mkdirSync(broken);
  writeFileSync(join(broken, 'queues.sqlite'), 'not a database at all, '.repeat(100));
  expect(await check({ dataDir: broken })).toEqual([
    expect.stringMatching(/queues\.sqlite cannot be used \(.*\): choose another folder/),
  ]);
});

test.each([
  ['missing', undefined, /^Java was not found: install a Java 17\+ runtime/],
  [
    'too old',
    `echo 'java version "1.8.0_402"' >&2`,
    /^This Java is version 8, and older than 17: install/,
  ],
  [
    'too old, behind what a variable adds',
    `printf 'Picked up JAVA_TOOL_OPTIONS: -Xmx1g\\nopenjdk version "11.0.2" 2019-01-15\\n' >&2`,
    /^This Java is version 11, /,
  ],
  ['broken', `echo 'Error: no JVM' >&2; exit 1`, /^Java does not run \(Error: no JVM\): install/],
])('Java that is %s', async (_, script, message) => {
  withJava(script);
  expect(await check({})).toEqual([expect.stringMatching(message)]);
});

test('a DynamoDB that is none, does not answer, or is there', async () => {
  withJava(undefined);
  expect(await check({ dynamodbEndpoint: 'dynamodb' })).toEqual([
    expect.stringMatching(/^DYNAMODB_ENDPOINT=dynamodb is no address such as http:/),
  ]);
  let body: object = { TableNames: [] };
  const server = await listen(0, async (_, response) => sendJson(response, 200, body));
  const endpoint = `http://127.0.0.1:${server.port}`;
  expect(await check({ dynamodbEndpoint: endpoint })).toEqual([]);
  body = { hello: 'world' };
  expect(await check({ dynamodbEndpoint: endpoint })).toEqual([
    expect.stringMatching(/ is no DynamoDB that lets this host in: start one there/),
  ]);
  await server.stop();
  expect(await check({ dynamodbEndpoint: endpoint })).toEqual([
    expect.stringMatching(/ does not answer: start one there/),
  ]);
});

test('everything that stands in the way is said at once', async () => {
  withJava(undefined);
  const file = newPath();
  writeFileSync(file, '');
  expect(await check({ dataDir: file })).toHaveLength(2);
});
