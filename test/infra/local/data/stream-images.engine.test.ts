import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from '@jest/globals';
import { localClientConfig } from '../../../../infra/local/data/dynamodb.ts';
import { asDynamoDbShows } from '../../../../infra/local/data/stream-images.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT ?? process.env.TEST_DYNAMODB_ENDPOINT ?? '';

test('empty maps are maps, wherever they are, and everything else is as it was put', async () => {
  const config = localClientConfig(endpoint, 'us-east-1');
  const tables = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  const TableName = `images-${randomUUID()}`;
  const { TableDescription } = await tables.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const Item = {
    pk: { S: 'a' },
    empty: { M: {} },
    deep: { M: { empty: { M: {} }, list: { L: [{ M: {} }, { L: [] }] }, nothing: { NULL: true } } },
    number: { N: '0' },
    no: { BOOL: false },
    text: { S: '' },
  };
  await tables.send(new PutItemCommand({ TableName, Item }));
  const StreamArn = TableDescription?.LatestStreamArn ?? '';
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const images: unknown[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    images.push(...Records.map((record) => asDynamoDbShows(record).dynamodb?.NewImage));
  }
  expect(images).toEqual([Item]);
  tables.destroy();
  streams.destroy();
});
