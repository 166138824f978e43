import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startHost } from '../../infra/local/host.ts';
import { runCommand } from '../support/commands.ts';
import { startTestHost } from '../support/host.ts';
import { foundRoll } from '../support/roll.ts';
import { type HostProcess, startHostProcess } from '../support/start-process.ts';
import { until } from '../support/until.ts';

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
let dataDir: string;
const started: HostProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-rebuild-'));
});
afterEach(async () => {
  for (const { kill } of started.splice(0)) await kill();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const start = async (): Promise<HostProcess> => {
  const running = await startHostProcess(dataDir);
  started.push(running);
  return running;
};

/** What people see, to the byte. */
const shown = async (url: string): Promise<readonly string[]> =>
  Promise.all(
    [
      `/totals/${year}`,
      `/totals/${year}?areaId=hongqi-01`,
      `/dashboards/${year}-04`,
      `/dashboards/${year}-04?areaId=hongqi-01&theme=CIVILIZED_COMMUNITY`,
    ].map(async (path) => (await fetch(url + path)).text()),
  );

/** The item that says which generation is read and which is made. */
const pointerOf = async (endpoint: string) => {
  const base = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes('Views'));
  const client = DynamoDBDocumentClient.from(base);
  const { Item } = await client.send(
    new GetCommand({ TableName, Key: { pk: 'generations', sk: 'pointer' }, ConsistentRead: true }),
  );
  base.destroy();
  return Item as { live: number; newest: number } | undefined;
};

const expectRebuilt = async (url: string, before: readonly string[]): Promise<void> => {
  const { code, output } = await runCommand(url, 'maintain', 'rebuild');
  expect([code, output]).toEqual([0, expect.stringContaining(': switched')]);
  const reconciled = await runCommand(url, 'maintain', 'reconcile');
  expect([reconciled.code, reconciled.output]).toEqual([0, 'drift of generation 2: 0\n']);
  expect(await shown(url)).toEqual(before);
};

test('the host is killed while the Views are made anew: what is read stays as it was', async () => {
  // The data are made in this process, which can mint tokens for ids that it learns on the way.
  const made = await startHost({ cdkOut: process.env.TEST_CDK_OUT ?? '', dataDir, port: 0 });
  try {
    const roll = await foundRoll(made.url, (claims) => made.mintToken(claims), day);
    for (let sheet = 0; sheet < 4; sheet += 1)
      await roll.verify(await roll.log(`sheet-${sheet}`, 50));
    await made.untilIdle();
  } finally {
    await made.stop();
  }
  const first = await start();
  const before = await shown(first.url);
  expect(before[0]).toContain('"participations":{"value":200');

  const rebuilding = runCommand(first.url, 'maintain', 'rebuild');
  await until(
    () => pointerOf(first.endpoint),
    (pointer) => pointer?.newest !== undefined,
  );
  await first.kill();
  expect((await rebuilding).code).toBe(1);

  const second = await start();
  await second.untilIdle();
  expect(await pointerOf(second.endpoint)).toMatchObject({ live: 1, newest: 2 });
  expect(await shown(second.url)).toEqual(before);
  await expectRebuilt(second.url, before);
});

test('its worker dies again and again while the Views are made anew: the same', async () => {
  const running = await startTestHost();
  const { host } = running;
  try {
    const roll = await foundRoll(host.url, (claims) => host.mintToken(claims), day);
    await roll.verify(await roll.log('sheet', 60));
    await host.untilIdle();
    const before = await shown(host.url);
    const chaos = (switches: object) =>
      fetch(`${host.url}/_local/chaos`, { method: 'PUT', body: JSON.stringify(switches) });
    for (const switches of [{ crashAfterWrite: 0.3 }, { crashBeforeWrite: 0.3, seed: 2 }]) {
      await chaos(switches);
      const { code, output } = await runCommand(host.url, 'maintain', 'rebuild');
      expect([code, output]).toEqual([1, expect.stringContaining('failed')]);
      await chaos({});
      expect(await pointerOf(host.dynamodbEndpoint)).toMatchObject({ live: 1, newest: 2 });
      expect(await shown(host.url)).toEqual(before);
    }
    await expectRebuilt(host.url, before);
  } finally {
    await running.stop();
  }
});
