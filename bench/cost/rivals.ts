// The designs for comparison: a naive one, and the minimum. Both are as small as possible and are counted
// by the same wire.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EventData } from '../../events/catalogue.ts';
import { entriesOf, type Place } from '../../events/participation.ts';
import { eventBridge } from '../../functions/outbox/eventbridge.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import { inParallel } from './commands.ts';
import type { Plan } from './plan.ts';
import type { Wire } from './wire.ts';

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

/** The eight dashboard cells of an entry: month and year, each by area and theme. */
const cellsOf = ({ serviceDate, areaId, theme }: Place) =>
  [serviceDate.slice(0, 7), serviceDate.slice(0, 4)].flatMap((period) =>
    ['all', `area#${areaId}`, `theme#${theme}`, `${areaId}#${theme}`].map((sk) => ({
      pk: `totals#${period}`,
      sk,
    })),
  );

/**
 * One function call for each event: an idempotency record (in progress, then done, as the usual
 * libraries do), the row in its list, and one ADD for each cell. It counts wrongly after a crash.
 */
export const projectNaively = async (wire: Wire, bodies: readonly string[]): Promise<void> => {
  const table = await createTable('idempotency');
  const Views = process.env.VIEWS_TABLE;
  await inParallel(bodies, async (body) => {
    const { aggregate, id, data } = JSON.parse(body).detail;
    const { place, ...changed } = data as EventData<'HoursLogged'>;
    await dynamodb.send(
      new PutCommand({
        TableName: table,
        Item: { pk: `projector#${id}`, status: 'INPROGRESS', expiration: 1_762_000_000 },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    for (const entry of entriesOf(changed)) {
      await dynamodb.send(
        new PutCommand({
          TableName: Views,
          Item: {
            pk: `activity#${place.activityId}`,
            sk: `hours#${aggregate.id}#${entry.volunteerId}`,
            row: { ...place, ...entry },
            list: `volunteer#${entry.volunteerId}`,
            listOrder: `${place.serviceDate}#${aggregate.id}`,
          },
        }),
      );
      for (const Key of cellsOf(place))
        await dynamodb.send(
          new UpdateCommand({
            TableName: Views,
            Key,
            UpdateExpression: 'ADD pendingMinutes :minutes, #lines :one',
            ExpressionAttributeNames: { '#lines': 'lines' },
            ExpressionAttributeValues: { ':minutes': entry.creditedMinutes, ':one': 1 },
          }),
        );
    }
    await dynamodb.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: `projector#${id}` },
        UpdateExpression: 'SET #status = :done',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':done': 'COMPLETED' },
      }),
    );
    wire.counts.add('invocations');
    wire.counts.add('records');
  });
};

/** The minimum: one request, one row of 1 KB at most, and its event. Nothing can be read. */
export const runFloor = async ({ commands }: Plan): Promise<void> => {
  const table = await createTable('ledger');
  await inParallel(commands, async (command, place) => {
    if (!('entries' in command)) return;
    const [entry] = command.entries;
    await dynamodb.send(
      new PutCommand({
        TableName: table,
        Item: { pk: `hours#${place}`, at: command.at, ...entry },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    await eventBridge.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'leifeng.participation',
            DetailType: 'HoursLogged',
            Detail: JSON.stringify({ id: place, ...entry }),
          },
        ],
      }),
    );
  });
};
