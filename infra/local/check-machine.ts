// Checks what a host needs from this machine, before any slow step of the start.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listen } from './edge/http.ts';
import { openStore } from './messaging/queues.ts';

export interface Machine {
  /** On 127.0.0.1; 0 is any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly dynamodbEndpoint: string | undefined;
}

/** The oldest Java that runs DynamoDB Local. */
const oldestJava = 17;
const ANSWER_MS = 2000;
/** A busy machine takes seconds to start a JVM. */
const JAVA_MS = 20_000;

const HOW_TO_GET_IT =
  'install a Java 17+ runtime (on Debian: apt-get install openjdk-17-jre-headless), ' +
  'or name a running DynamoDB Local with DYNAMODB_ENDPOINT=http://…';

const checkPort = async (port: number): Promise<void> => {
  const server = await listen(port, async () => undefined);
  await server.stop(0);
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'is not yours to write to',
  EPERM: 'is not yours to write to',
  EROFS: 'lies on a file system that is read-only',
  ENOSPC: 'lies on a disk that is full',
  ENOTDIR: 'lies below a file',
  ENOENT: 'cannot be made there',
};

/** Level by level, because Node's recursive mkdir never returns where no folder can be made, as in /proc. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
};

/** Makes the folder if it is missing. */
const checkDataDir = (dataDir: string): void => {
  const fail = (why: string, cause?: unknown): never => {
    throw new Error(
      `The data folder ${dataDir} ${why}: choose another with DATA_DIR=… npm start.`,
      {
        cause,
      },
    );
  };
  try {
    if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === false) fail('is a file');
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    fail(reason, error);
  }
  openStore(join(dataDir, 'queues.sqlite')).close();
};

const whyNot = (cause: { killed?: boolean; code?: unknown; stderr?: string }): string => {
  if (cause.killed) return `no answer in ${JAVA_MS / 1000} seconds`;
  return (cause.stderr ?? '').trim().split('\n')[0] || `it ended with ${cause.code}`;
};

const checkJava = async (): Promise<void> => {
  const answer = await promisify(execFile)('java', ['-version'], {
    env: process.env,
    timeout: JAVA_MS,
  }).catch((cause) => {
    throw new Error(
      cause.code === 'ENOENT'
        ? `Java was not found: ${HOW_TO_GET_IT}.`
        : `Java does not run (${whyNot(cause)}): ${HOW_TO_GET_IT}.`,
      { cause },
    );
  });
  // Up to Java 8 the version began with "1.".
  const version = /version "(?:1\.)?(\d+)/.exec(answer.stderr)?.[1];
  if (version && Number(version) < oldestJava)
    throw new Error(`This Java is version ${version}, and older than 17: ${HOW_TO_GET_IT}.`);
};

const checkEndpoint = async (endpoint: string): Promise<void> => {
  const fail = (why: string, cause?: unknown): never => {
    throw new Error(
      `DYNAMODB_ENDPOINT=${endpoint} ${why}: start one there, or unset the variable to have one started.`,
      { cause },
    );
  };
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    fail('is no address such as http://127.0.0.1:8000');
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'content-type': 'application/x-amz-json-1.0',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '{}',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((cause) => fail('does not answer', cause));
  const text = await answer.text();
  if (!answer.ok || !text.includes('"TableNames"')) fail('is no DynamoDB that lets this host in');
};

/**
 * @returns a sentence for each obstacle to a start, with what to do. It takes about a second.
 */
export const checkMachine = async (machine: Machine): Promise<readonly string[]> => {
  const { port, dataDir, dynamodbEndpoint } = machine;
  const checks = await Promise.allSettled([
    checkPort(port),
    (async () => checkDataDir(dataDir))(),
    dynamodbEndpoint ? checkEndpoint(dynamodbEndpoint) : checkJava(),
  ]);
  return checks.flatMap((check) =>
    check.status === 'rejected' ? [(check.reason as Error).message] : [],
  );
};
