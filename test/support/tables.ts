import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { testDistrict } from './district.ts';

const endpoint = process.env.DYNAMODB_ENDPOINT ?? process.env.TEST_DYNAMODB_ENDPOINT;

/** Sets the functions' environment before any code that reads it is imported. */
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ENDPOINT_URL_KMS: process.env.TEST_KMS_ENDPOINT,
  AWS_ENDPOINT_URL_SQS: process.env.TEST_SQS_ENDPOINT,
  WEBHOOKS_LOOPBACK: 'true',
  DELIVERIES_QUEUE: 'https://sqs.local/000000000000/deliveries',
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

type Schema = Omit<CreateTableCommandInput, 'TableName' | 'BillingMode'>;

/** The data stack's schemas, by the variable that names the table. */
const schemas: Readonly<Record<string, Schema>> = {
  LEDGER_TABLE: {
    KeySchema: key('pk', 'version'),
    AttributeDefinitions: [...strings('pk'), { AttributeName: 'version', AttributeType: 'N' }],
  },
  VIEWS_TABLE: {
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: strings('pk', 'sk', 'list', 'listOrder', 'flag', 'flagOrder'),
    GlobalSecondaryIndexes: [
      index('ByList', 'list', 'listOrder'),
      index('ByFlag', 'flag', 'flagOrder'),
    ],
  },
  PEOPLE_TABLE: {
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: strings('pk', 'sk', 'idNumberIndex', 'phoneIndex', 'nameIndex'),
    GlobalSecondaryIndexes: [
      keyedHash('ByIdNumber', 'idNumberIndex'),
      keyedHash('ByPhone', 'phoneIndex'),
      keyedHash('ByName', 'nameIndex'),
    ],
  },
  CLOSED_TABLE: {
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: strings('pk', 'sk'),
  },
  OUTBOUND_TABLE: {
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: strings('pk', 'sk', 'dueOf', 'dueAt'),
    GlobalSecondaryIndexes: [index('ByDue', 'dueOf', 'dueAt')],
  },
};

/** The tables of the test before. */
let former: readonly string[] = [];

/**
 * Creates new, empty tables in DynamoDB Local with the data stack's schemas, and puts their names into the
 * environment. Those of the test before are deleted: a table takes ten times as long to create once there
 * are two thousand others.
 */
export const emptyTables = async (): Promise<void> => {
  const client = new DynamoDBClient({});
  const id = randomUUID();
  for (const TableName of former) await client.send(new DeleteTableCommand({ TableName }));
  former = [];
  for (const [variable, schema] of Object.entries(schemas)) {
    const TableName = `${variable.toLowerCase()}-${id}`;
    await client.send(
      new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...schema }),
    );
    process.env[variable] = TableName;
    former = [...former, TableName];
  }
  client.destroy();
};
