// One process that serves a synthesised CDK app on loopback. It knows nothing of the app but what
// cdk.out says. Not covered: IAM (but see guard.ts), quotas, service throttling, cold starts, time to live.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JWTPayload } from 'jose';
import { readBlueprint } from './assembly/blueprint.ts';
import { createClock } from './compute/clock.ts';
import { consumeQueue } from './compute/consumers.ts';
import { createFunction, type LocalFunction } from './compute/functions.ts';
import { runSchedules } from './compute/schedules.ts';
import { createDelivery } from './compute/stream-delivery.ts';
import { createTables, localClientConfig, startEngine } from './data/dynamodb.ts';
import { createKmsActions, openKeys } from './data/kms.ts';
import { followStream } from './data/streams.ts';
import { serveActions } from './edge/actions.ts';
import { createControl } from './edge/control.ts';
import { createGateway } from './edge/gateway.ts';
import { listen, sendJson } from './edge/http.ts';
import { createVerifier, isOwnIssuer, openIssuer, type VerifyToken } from './edge/issuer.ts';
import { createBus, createBusActions } from './messaging/bus.ts';
import { createQueueActions } from './messaging/queue-actions.ts';
import { openQueues } from './messaging/queues.ts';
import { createChaos } from './trial/chaos.ts';
import { startChaosProxy } from './trial/chaos-proxy.ts';
import { createGuard } from './trial/guard.ts';

export interface HostOptions {
  /** The folder of the cloud assembly, as `cdk synth` leaves it. */
  readonly cdkOut: string;
  /** Where tables, queues, keys and logs live; made when missing. */
  readonly dataDir: string;
  /** 0 is any free port. */
  readonly port: number;
  /** A DynamoDB Local that runs already; without it one is started. */
  readonly dynamodbEndpoint?: string | undefined;
  /**
   * Lets PUT /_local/chaos switch faults on, and holds functions to their roles: every request of
   * theirs takes the way through this process then.
   */
  readonly chaos?: boolean;
}

export interface HostStatus {
  /** Everything that was committed before the question has been dealt with; dead letters aside. */
  readonly idle: boolean;
  readonly functions: Readonly<Record<string, ReturnType<LocalFunction['status']>>>;
  readonly queues: Readonly<Record<string, { visible: number; inFlight: number; dead: number }>>;
  readonly streams: Readonly<Record<string, object>>;
  readonly schedules: Readonly<Record<string, { next: string; running: boolean; runs: number }>>;
  /** What functions asked for that their roles do not allow; judged with chaos only. */
  readonly denied: readonly string[];
}

export interface Host {
  readonly url: string;
  readonly dynamodbEndpoint: string;
  /** Where the SDK's EventBridge, SQS and KMS clients reach this host's bus, queues and keys. */
  readonly busEndpoint: string;
  /** An access token of the host's own issuer, for `expiresIn` seconds (an hour). */
  mintToken(claims: JWTPayload, options?: { readonly expiresIn?: number }): Promise<string>;
  status(): Promise<HostStatus>;
  /** Resolves when idle; rejects after `timeoutMs` with the status that it had. */
  untilIdle(timeoutMs?: number): Promise<void>;
  /** Takes no more requests, lets what is under way finish for some seconds, and ends. */
  stop(): Promise<void>;
}

/** Throws UnknownToHostError for an app that it cannot serve faithfully, before anything starts. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const { cdkOut, dataDir, port, chaos: chaosAllowed = false } = options;
  const blueprint = readBlueprint(cdkOut);
  const { region } = blueprint;
  // What was started is stopped in the opposite order, also when the start fails half-way.
  const stops: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const clock = createClock();
    const chaos = createChaos();
    const queues = openQueues(join(dataDir, 'queues.sqlite'), blueprint.queues, clock, chaos);
    stops.push(() => queues.close());

    const logFolder = join(dataDir, 'logs');
    let engineEndpoint = options.dynamodbEndpoint;
    let ready = async (): Promise<void> => undefined;
    if (!engineEndpoint) {
      const log = join(logFolder, 'dynamodb.log');
      const engine = await startEngine(join(dataDir, 'dynamodb'), log);
      stops.push(engine.stop);
      engineEndpoint = engine.endpoint;
      ready = engine.ready;
    }
    const dynamodbEndpoint = engineEndpoint;
    const client = new DynamoDBClient(localClientConfig(dynamodbEndpoint, region));
    const existed = await createTables(client, blueprint.tables);
    client.destroy();

    const tablesExisted = blueprint.tables.every(({ TableName }) => existed.has(TableName));
    const keys = openKeys(dataDir, blueprint.keys, tablesExisted);
    if (keys.warning) console.warn(keys.warning);
    const guard = chaosAllowed ? createGuard(blueprint) : undefined;
    const actions = {
      ...createBusActions(createBus(blueprint, queues, clock, chaos)),
      ...createQueueActions(queues),
      ...createKmsActions(keys, blueprint),
    };
    const bus = await serveActions(actions, guard);
    stops.push(() => bus.stop());
    const busUrl = `http://127.0.0.1:${bus.port}`;

    let activity = 0;
    const followers = new Map<string, Awaited<ReturnType<typeof followStream>>>();
    const functions = new Map<string, LocalFunction>();
    const crash = (workerId: string): void => {
      for (const one of functions.values()) one.crash(workerId);
    };
    const proxy = guard && (await startChaosProxy(dynamodbEndpoint, chaos, guard, crash));
    if (proxy) stops.push(() => proxy.stop(0));
    for (const spec of blueprint.functions) {
      const mapping = blueprint.queueMappings.find(
        ({ functionName }) => functionName === spec.name,
      );
      const endpoints = (workerId: string) => ({
        // Any service not named here is refused by the bus endpoint: no call leaves this machine.
        AWS_ENDPOINT_URL: busUrl,
        AWS_ENDPOINT_URL_EVENTBRIDGE: busUrl,
        AWS_ENDPOINT_URL_SQS: busUrl,
        AWS_ENDPOINT_URL_KMS: busUrl,
        AWS_ENDPOINT_URL_DYNAMODB: proxy
          ? `http://127.0.0.1:${proxy.port}/${workerId}`
          : dynamodbEndpoint,
        AWS_ENDPOINT_URL_DYNAMODB_STREAMS: dynamodbEndpoint,
        ...(guard ? { AWS_ACCESS_KEY_ID: spec.name } : {}),
      });
      const onActivity = (): void => {
        activity += 1;
        for (const follower of followers.values()) follower.nudge();
      };
      const host = { region, logFolder, endpoints, onActivity };
      functions.set(spec.name, createFunction(spec, mapping?.concurrency ?? 4, host));
    }
    stops.push(() => Promise.all([...functions.values()].map((one) => one.stop())));
    const functionOf = (name: string) => functions.get(name) as LocalFunction;

    for (const spec of blueprint.streamMappings) {
      const send = (queue: string, body: string): void => queues.send([{ queue, body }]);
      const deliver = createDelivery(spec, functionOf(spec.functionName), send, chaos);
      const about = { endpoint: dynamodbEndpoint, region, queues, clock, deliver };
      const streamOptions = { ...about, existed: existed.has(spec.table) };
      const follower = await followStream(spec, streamOptions);
      stops.push(follower.stop);
      followers.set(spec.table, follower);
    }
    for (const spec of blueprint.queueMappings) {
      stops.push(consumeQueue(spec, functionOf(spec.functionName), queues, ready).stop);
    }

    const invoke = async (name: string, event: unknown): Promise<unknown> => {
      const target = functions.get(name);
      if (!target) throw new Error(`There is no function ${name}.`);
      return target.invoke(event);
    };
    const schedules = runSchedules(blueprint.schedules, invoke, clock, queues);
    stops.push(() => schedules.stop());

    const ownSpec = blueprint.routes.find(
      ({ authorizer }) => authorizer && isOwnIssuer(authorizer.issuer),
    )?.authorizer;
    const issuer = ownSpec && (await openIssuer(dataDir, ownSpec));
    const verifiers = new Map<string, VerifyToken>();
    for (const { authorizer } of blueprint.routes) {
      if (authorizer) verifiers.set(JSON.stringify(authorizer), createVerifier(authorizer, issuer));
    }

    const isIdle = async (): Promise<boolean> => {
      const before = activity;
      for (const follower of followers.values()) if (!(await follower.isDrained())) return false;
      const queued = queues.status();
      const waiting = blueprint.queueMappings.some(({ queue }) => {
        const { visible = 0, inFlight = 0 } = queued[queue] ?? {};
        return visible + inFlight > 0;
      });
      const busy = [...functions.values()].some((one) => one.status().inFlight > 0);
      // An invocation meanwhile may have written after the stream was read: not sure, so not idle.
      return !waiting && !busy && activity === before;
    };
    const status = async (): Promise<HostStatus> => ({
      idle: await isIdle(),
      functions: mapValues(functions, (one) => one.status()),
      queues: queues.status(),
      streams: mapValues(followers, (one) => one.status()),
      schedules: schedules.status(),
      denied: guard?.denied() ?? [],
    });

    const gateway = createGateway(
      blueprint,
      functions,
      ({ authorizer }) => authorizer && verifiers.get(JSON.stringify(authorizer)),
      clock,
    );
    const control = createControl({
      clock,
      chaos,
      chaosAllowed,
      status,
      runSchedule: schedules.runNow,
      invoke,
    });
    const server = await listen(port, (request, response) => {
      const path = request.url ?? '/';
      if (path.startsWith('/_local/')) return control(request, response);
      if (issuer && ownSpec && path === '/oidc/jwks.json') {
        return Promise.resolve(sendJson(response, 200, issuer.jwks));
      }
      if (ownSpec && path === '/oidc/.well-known/openid-configuration') {
        const jwks_uri = `${ownSpec.issuer}/jwks.json`;
        return Promise.resolve(sendJson(response, 200, { issuer: ownSpec.issuer, jwks_uri }));
      }
      return gateway(request, response);
    });
    stops.push(() => server.stop());

    return {
      url: `http://127.0.0.1:${server.port}`,
      dynamodbEndpoint,
      busEndpoint: busUrl,
      mintToken: async (claims, { expiresIn } = {}) => {
        if (!issuer) throw new Error('The app trusts another issuer: tokens come from there.');
        return issuer.mint(claims, expiresIn);
      },
      status,
      untilIdle: async (timeoutMs = 30_000) => {
        const deadline = Date.now() + timeoutMs;
        while (!(await isIdle())) {
          if (Date.now() > deadline) {
            throw new Error(`The host is not idle: ${JSON.stringify(await status())}`);
          }
          await sleep(20);
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const mapValues = <T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries([...map].map(([key, value]) => [key, change(value)]));
