import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { runCommand } from '../support/commands.ts';
import { expectExact } from '../support/dashboards.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { readLedger, recompute } from '../support/recompute.ts';
import { foundRoll, type Roll } from '../support/roll.ts';

/** The drill of docs/operations.md, "Restore": tables of a moment, with the key of their records. */

const year = new Date().getFullYear() - 1;
type Item = Record<string, unknown>;

let running: TestHost;
let roll: Roll;
let base: DynamoDBClient;
let client: DynamoDBDocumentClient;
let tables: Readonly<Record<'Ledger' | 'Views' | 'People', string>>;

beforeAll(async () => {
  running = await startTestHost();
  const { host } = running;
  roll = await foundRoll(host.url, (claims) => host.mintToken(claims), `${year}-04-12`);
  base = new DynamoDBClient({
    endpoint: host.dynamodbEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  client = DynamoDBDocumentClient.from(base);
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  const named = (part: string): string => TableNames.find((name) => name.includes(part)) ?? '';
  tables = { Ledger: named('Ledger'), Views: named('Views'), People: named('People') };
});
afterAll(async () => {
  base?.destroy();
  await running?.stop();
});

const itemsOf = async (TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) items.push(...Items);
  return items;
};

/** Makes the table one with these items, as a restored table is. */
const restore = async (TableName: string, items: readonly Item[]): Promise<void> => {
  const gone = (await itemsOf(TableName)).map(({ pk, sk }) => ({
    DeleteRequest: { Key: { pk, sk } },
  }));
  const put = items.map((Item) => ({ PutRequest: { Item } }));
  for (const requests of [gone, put])
    for (let at = 0; at < requests.length; at += 25) {
      const RequestItems = { [TableName]: requests.slice(at, at + 25) };
      await client.send(new BatchWriteCommand({ RequestItems }));
    }
};

let keys = 0;
const call = async (
  method: string,
  path: string,
  sub: string,
  body?: object,
): Promise<{ readonly status: number; readonly text: string }> => {
  keys += 1;
  const token = await running.host.mintToken({ sub, role: 'volunteer' });
  const response = await fetch(`${running.host.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `restore-${keys}`,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, text: await response.text() };
};
const idOf = (sub: string): string => volunteerIdOf('local', sub);
const register = async (sub: string, name: string): Promise<void> => {
  const body = { areaId: 'hongqi-01', consentVersion: '1', person: { name } };
  expect((await call('POST', '/volunteers', sub, body)).status).toBe(201);
};
const nameOf = async (sub: string): Promise<unknown> => {
  const { status, text } = await call('GET', `/volunteers/${idOf(sub)}/person`, sub);
  return status === 200 ? JSON.parse(text).name : status;
};
const exact = async (): Promise<void> =>
  expectExact(roll.client, roll.admin, recompute(await readLedger(running.host.dynamodbEndpoint)), [
    `${year}-04`,
    `${year}`,
  ]);

test('People comes back as it was, without those who were erased since; the Views from the Ledger', async () => {
  const { host } = running;
  await register('stays', '李雷');
  await register('goes', '韩梅梅');
  await roll.verify(await roll.log('first', 8));
  await host.untilIdle();
  const backup = await itemsOf(tables.People);
  expect((await call('DELETE', `/volunteers/${idOf('goes')}`, 'goes')).status).toBe(200);
  await roll.verify(await roll.log('second', 4));
  await host.untilIdle();

  // People is restored to the moment of the backup. It has the erased person's record again.
  await restore(tables.People, backup);
  const isOf =
    (sub: string) =>
    ({ pk }: Item): boolean =>
      pk === `person#${idOf(sub)}`;
  expect((await itemsOf(tables.People)).some(isOf('goes'))).toBe(true);
  const { schedules } = (await host.status()) as unknown as { schedules: object };
  const sweep = Object.keys(schedules).find((name) => name.includes('Sweep')) ?? '';
  const swept = await fetch(`${host.url}/_local/schedules/${sweep}/run`, { method: 'POST' });
  expect(swept.status).toBe(200);
  expect((await itemsOf(tables.People)).some(isOf('goes'))).toBe(false);
  // The key of the records was never in a table.
  expect(await nameOf('stays')).toBe('李雷');

  // The Views are not restored: they are made anew.
  await restore(tables.Views, []);
  const rebuilt = await runCommand(host.url, 'maintain', 'rebuild');
  expect([rebuilt.code, rebuilt.output]).toEqual([0, expect.stringContaining('switched')]);
  await exact();
  const compared = await runCommand(host.url, 'maintain', 'reconcile');
  expect([compared.code, compared.output]).toEqual([0, expect.stringMatching(/drift .*: 0\n/)]);

  // And the district goes on.
  await roll.log('third', 3);
  await host.untilIdle();
  await exact();
});
