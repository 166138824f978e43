import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { testDistrict } from './district.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT ?? process.env.TEST_DYNAMODB_ENDPOINT;

/** Sets the functions' environment before any code that reads it is imported. */
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ENDPOINT_URL_KMS: process.env.TEST_KMS_ENDPOINT,
  PEOPLE_KEY: 'people',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  DISTRICT: testDistrict,
});

const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
const index = (name: string, partition: string, sort: string) => ({
  IndexName: name,
  KeySchema: key(partition, sort),
  Projection: { ProjectionType: 'ALL' as const },
});
const keyedHash = (name: string, attribute: string) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});
const strings = (...names: string[]) =>
  names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const }));

/**
 * The tables of a district whose first area was defined: empty but for the key of keyed hashes. Call it
 * before each test that writes, so that no test sees another's items.
 */
export const freshTables = async (): Promise<void> => {
  await emptyTables();
  // Imported here, since the code reads the environment that this module sets.
  const { makeHashKey } = await import('../../functions/people/keys.ts');
  await makeHashKey();
};

/**
 * Creates new, empty tables in DynamoDB Local with the data stack's schemas, and puts their names into the
 * environment.
 */
export const emptyTables = async (): Promise<void> => {
  const client = new DynamoDBClient({});
  const id = randomUUID();
  process.env.LEDGER_TABLE = `ledger-${id}`;
  process.env.VIEWS_TABLE = `views-${id}`;
  process.env.PEOPLE_TABLE = `people-${id}`;
  await client.send(
    new CreateTableCommand({
      TableName: process.env.LEDGER_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'version'),
      AttributeDefinitions: [...strings('pk'), { AttributeName: 'version', AttributeType: 'N' }],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: process.env.VIEWS_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: strings('pk', 'sk', 'list', 'listOrder', 'flag', 'flagOrder'),
      GlobalSecondaryIndexes: [
        index('ByList', 'list', 'listOrder'),
        index('ByFlag', 'flag', 'flagOrder'),
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: process.env.PEOPLE_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      AttributeDefinitions: strings('pk', 'sk', 'idNumberIndex', 'phoneIndex', 'nameIndex'),
      GlobalSecondaryIndexes: [
        keyedHash('ByIdNumber', 'idNumberIndex'),
        keyedHash('ByPhone', 'phoneIndex'),
        keyedHash('ByName', 'nameIndex'),
      ],
    }),
  );
  client.destroy();
};
