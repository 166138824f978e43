import {
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { freshTables } from '../support/tables.ts';
import type { Item } from './expressions.ts';
import { createStore } from './memory-store.ts';
import { createRandom } from './random.ts';
import { operationOf } from './random-operations.ts';
import { schemasOf, sentOf } from './store-shapes.ts';

const sequences = 200;
const operations = 14;

type Answer = Readonly<Record<string, unknown>>;

/** The parts of an answer that a caller sees. The order within a batch of reads does not matter. */
const visible = ({ Item, Items, Attributes, Responses, LastEvaluatedKey }: Answer) => ({
  Item,
  Attributes,
  Items,
  LastEvaluatedKey,
  Responses:
    Responses &&
    Object.values(Responses as Record<string, Item[]>).map((items) =>
      [...items].sort((a, b) => `${a.pk}|${a.sk}`.localeCompare(`${b.pk}|${b.sk}`)),
    ),
});

const outcome = async (work: () => unknown) => {
  try {
    return visible((await work()) as Answer);
  } catch (error) {
    const { name, CancellationReasons } = error as Error & {
      CancellationReasons?: readonly { Code: string }[];
    };
    return { name, codes: CancellationReasons?.map(({ Code }) => Code) };
  }
};

const byKey = (items: readonly Item[]) =>
  Object.fromEntries(items.map((item) => [`${item.pk}|${item.sk ?? item.version}`, item]));

/** Reads a whole table by segments and pages. */
const scanAll = async (
  scan: (input: ScanCommandInput) => Promise<Answer>,
  TableName: string,
  TotalSegments: number,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (let Segment = 0; Segment < TotalSegments; Segment += 1) {
    let ExclusiveStartKey: ScanCommandInput['ExclusiveStartKey'];
    do {
      const page = await scan({ TableName, Segment, TotalSegments, Limit: 50, ExclusiveStartKey });
      items.push(...(page.Items as Item[]));
      ExclusiveStartKey = page.LastEvaluatedKey as ScanCommandInput['ExclusiveStartKey'];
    } while (ExclusiveStartKey);
  }
  return items;
};

describe('the model of the store', () => {
  beforeAll(freshTables);

  test(`answers as DynamoDB Local does, in ${sequences} sequences`, async () => {
    const { LEDGER_TABLE: ledger = '', VIEWS_TABLE: views = '' } = process.env;
    const store = createStore(schemasOf(ledger, views));
    const send = dynamodb.send.bind(dynamodb) as unknown as (command: object) => Promise<unknown>;
    const both = async (own: number, command: object) => {
      const engine = await outcome(() => send(command));
      const model = await outcome(() => store.execute(sentOf(command)));
      expect({ own, command: sentOf(command), ...model }).toEqual({
        own,
        command: sentOf(command),
        ...engine,
      });
      return model;
    };
    for (let own = 1; own <= sequences; own += 1) {
      const random = createRandom(own, 'operations');
      for (let n = 0; n < operations; n += 1) {
        const command = operationOf(views, ledger, random, own);
        const answer = await both(own, command);
        const next = (answer as Answer).LastEvaluatedKey as Item | undefined;
        if (next && sentOf(command).input.TableName === views)
          await both(
            own,
            new QueryCommand({ ...(command as QueryCommand).input, ExclusiveStartKey: next }),
          );
      }
    }
    for (const TableName of [ledger, views])
      for (const TotalSegments of [1, 3]) {
        const scanned = async (scan: (input: ScanCommandInput) => Promise<Answer>) =>
          scanAll(scan, TableName, TotalSegments);
        const engine = await scanned(async (input) => dynamodb.send(new ScanCommand(input)));
        const model = await scanned(
          async (input) => store.execute(sentOf(new ScanCommand(input))) as Answer,
        );
        expect(byKey(model)).toEqual(byKey(engine));
        // Neither returns an item twice, and both return a partition's items together and in order.
        for (const items of [engine, model]) {
          expect(Object.keys(byKey(items)).length).toBe(items.length);
          const partitions = items.map(({ pk }) => pk).filter((pk, at, all) => pk !== all[at - 1]);
          expect(new Set(partitions).size).toBe(partitions.length);
          for (const [at, { pk, sk, version }] of items.entries()) {
            const before = items[at - 1];
            if (before?.pk === pk)
              expect(
                sk ? String(before?.sk) < String(sk) : Number(before?.version) < Number(version),
              ).toBe(true);
          }
        }
      }
    const shown = {
      TableName: views,
      FilterExpression: 'begins_with(pk, :p)',
      ProjectionExpression: 'pk, sk',
      ExpressionAttributeValues: { ':p': '1' },
    };
    const only = (answer: Answer) => byKey(answer.Items as Item[]);
    const filtered = only(await dynamodb.send(new ScanCommand(shown)));
    expect(Object.keys(filtered).length).toBeGreaterThan(0);
    expect(only(store.execute(sentOf(new ScanCommand(shown))) as Answer)).toEqual(filtered);
  });

  test.each([
    ['two writes of one item', [1, 1]],
    ['more than a hundred writes', Array.from({ length: 101 }, (_, n) => n)],
    ['none', []],
  ])('refuses a transaction of %s, as DynamoDB Local does', async (_, numbers) => {
    const { LEDGER_TABLE: ledger = '', VIEWS_TABLE: views = '' } = process.env;
    const TransactItems = numbers.map((n) => ({
      Put: { TableName: views, Item: { pk: 'refused', sk: String(n) } },
    }));
    const command = new TransactWriteCommand({ TransactItems });
    const store = createStore(schemasOf(ledger, views));
    const refused = { name: 'ValidationException' };
    await expect(dynamodb.send(command)).rejects.toMatchObject(refused);
    expect(() => store.execute(sentOf(command))).toThrow(expect.objectContaining(refused));
  });

  test.each([
    ['an operation', 'DescribeTable', {}],
    ['a parameter', 'Get', { TableName: 'views', Key: { pk: 'p', sk: 's' }, AttributesToGet: [] }],
    [
      'a condition',
      'Put',
      { TableName: 'views', Item: { pk: 'p', sk: 's' }, ConditionExpression: 'size(pk) > :n' },
    ],
    [
      'an update',
      'Update',
      {
        TableName: 'views',
        Key: { pk: 'p', sk: 's' },
        UpdateExpression: 'SET n = n + :n',
        ExpressionAttributeValues: { ':n': 1 },
      },
    ],
  ])('refuses %s that it does not know', (_, name, input) => {
    const store = createStore(schemasOf('ledger', 'views'));
    expect(() => store.execute({ name, input })).toThrow(/the model does not know/);
  });
});
