import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { yearItem, yearOf } from '../../functions/figures/documents.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { foundRoll } from '../support/roll.ts';
import { until } from '../support/until.ts';

const year = new Date().getFullYear() - 1;
let running: TestHost;

beforeAll(async () => {
  running = await startTestHost();
  const { host } = running;
  const roll = await foundRoll(host.url, (claims) => host.mintToken(claims), `${year}-04-12`);
  await roll.verify(await roll.log('entries', 8));
  await host.untilIdle();
});
afterAll(() => running?.stop());

interface Line {
  readonly level: string;
  readonly message: string;
  readonly drift?: number;
}

/** The lines of the nightly function's log that the metric is made of, when there are so many. */
const reconciled = async (count: number): Promise<readonly Line[]> => {
  const { functions } = await running.host.status();
  const name = Object.keys(functions).find((each) => /-Reconcile[0-9A-F]*$/.test(each));
  const linesOf = async (): Promise<readonly Line[]> => {
    const file = join(running.dataDir, 'logs', `${name}.log`);
    const log = await readFile(file, 'utf8').catch(() => '');
    return log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
      .filter(({ message }) => message === 'reconciled');
  };
  return until(linesOf, (lines) => lines.length >= count);
};

const nightOf = (day: string) =>
  fetch(`${running.host.url}/_local/clock`, {
    method: 'PUT',
    body: JSON.stringify({ now: `${day}T03:00:00+08:00` }),
  });

/** Changes a sum of a year's document by hand, and leaves a record of nobody, as nothing in the product would. */
const breakTwoThings = async (): Promise<void> => {
  const base = new DynamoDBClient({
    endpoint: running.host.dynamodbEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const client = DynamoDBDocumentClient.from(base);
  const { TableNames = [] } = await base.send(new ListTablesCommand({}));
  await client.send(
    new PutCommand({
      TableName: TableNames.find((name) => name.includes('People')),
      Item: { pk: 'person#0198c0de-0000-7000-8000-0000000000c1', sk: 'person' },
    }),
  );
  const TableName = TableNames.find((name) => name.includes('Views'));
  for await (const { Items = [] } of paginateScan({ client }, { TableName }))
    for (const item of Items) {
      const { pk, sk } = item;
      if (pk !== `totals#${year}#year` || !sk.endsWith('#y')) continue;
      const document = yearOf({ pk, sk }, item);
      const pages = [...document.pages].map(([page, { rev, themes }]) => {
        const more = [...themes].map(([theme, { creditedMinutes = 0, ...rest }]) => {
          return [theme, { ...rest, creditedMinutes: creditedMinutes + 1 }] as const;
        });
        return [page, { rev, themes: new Map(more) }] as const;
      });
      const Item = yearItem({ ...document, pages: new Map(pages) });
      await client.send(new PutCommand({ TableName, Item: { ...item, ...Item } }));
      return base.destroy();
    }
  throw new Error('there is no sum of a year');
};

test('each night says how many documents differ and laws are broken: none, until some are by hand', async () => {
  await nightOf('2031-04-12');
  expect((await reconciled(1)).map(({ level, drift }) => [level, drift])).toEqual([['INFO', 0]]);
  await breakTwoThings();
  await nightOf('2031-04-13');
  expect((await reconciled(2)).map(({ drift }) => drift)).toEqual([0, 2]);
});
