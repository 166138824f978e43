// The plain design: a call for each event, an idempotency record around it, one ADD for each cell.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { emptyTables } from '../../test/support/tables.ts';
import type { Line } from '../district.ts';
import { cellsOf, eventIdOf, expectSums, lanesOf, measures, sumsOf, type Totals } from './sums.ts';

const createTable = async (role: string): Promise<string> => {
  const name = `${role}-${randomUUID()}`;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
  return name;
};

const takeIn = async (body: string, totals: string, marks: string): Promise<void> => {
  const line: Line = JSON.parse(body).detail;
  const mark = { pk: `projector#${eventIdOf(line)}` };
  await dynamodb.send(
    new PutCommand({
      TableName: marks,
      Item: { ...mark, status: 'INPROGRESS' },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  const { Attributes } = await dynamodb.send(
    new PutCommand({
      TableName: process.env.VIEWS_TABLE,
      Item: {
        pk: `activity#${line.activityId}`,
        sk: `hours#${line.id}`,
        row: line,
        list: `volunteer#${line.volunteerId}`,
        listOrder: `${line.serviceDate}#${line.id}`,
      },
      ReturnValues: 'ALL_OLD',
    }),
  );
  const now = sumsOf(line);
  const before = Attributes && sumsOf(Attributes.row as Line);
  // In parallel, although a loop is more usual, so that the naive design is as fast as possible.
  await Promise.all(
    cellsOf(line).map((cell) =>
      dynamodb.send(
        new UpdateCommand({
          TableName: totals,
          Key: { pk: cell.join('|') },
          UpdateExpression: `ADD ${measures.map((measure) => `${measure} :${measure}`).join(', ')}`,
          ExpressionAttributeValues: Object.fromEntries(
            measures.map((measure) => [`:${measure}`, now[measure] - (before?.[measure] ?? 0)]),
          ),
        }),
      ),
    ),
  );
  await dynamodb.send(
    new UpdateCommand({
      TableName: marks,
      Key: mark,
      UpdateExpression: 'SET #status = :done',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':done': 'COMPLETED' },
    }),
  );
};

const totalsIn = async (table: string): Promise<Totals> => {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({ TableName: table, ConsistentRead: true }),
  );
  if (LastEvaluatedKey) throw new Error('more cells than one page');
  return new Map(Items.map(({ pk, ...sums }) => [pk, sums])) as unknown as Totals;
};

/** Milliseconds until all lines are counted; the sums are checked. It keeps no distinct persons. */
export const runNaive = async (lines: readonly Line[], width: number): Promise<number> => {
  await emptyTables();
  const [totals, marks] = [await createTable('totals'), await createTable('idempotency')];
  const began = performance.now();
  await Promise.all(
    lanesOf(lines, width).map(async (lane) => {
      for (const detail of lane) await takeIn(JSON.stringify({ detail }), totals, marks);
    }),
  );
  const ms = performance.now() - began;
  expectSums(lines, await totalsIn(totals));
  return ms;
};
