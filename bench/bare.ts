// A function that reads one item and returns it: the least that a read through the host can cost.
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../functions/runtime/dynamodb.ts';

interface Event {
  readonly queryStringParameters?: Readonly<Record<string, string>>;
}

export const handler = async ({ queryStringParameters: Key }: Event) => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: process.env.VIEWS_TABLE, Key: { ...Key } }),
  );
  return {
    statusCode: Item ? 200 : 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Item ?? null),
  };
};
