// Serves a synthesised CDK app on loopback, in one process. It reads only cdk.out and imports no app code.
// Not covered: IAM (but see trial/), quotas, service throttling, cold starts, time to live.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JWTPayload } from 'jose';
import { readBlueprint } from './assembly/blueprint.ts';
import { createClock } from './compute/clock.ts';
import { createClosing } from './compute/closing.ts';
import { type Compute, openCompute } from './compute/compute.ts';
import { noFaults } from './compute/faults.ts';
import { createLambdaActions } from './compute/lambda-actions.ts';
import { waitWhileMoving } from './compute/patience.ts';
import { openData } from './data/data.ts';
import { serveActions } from './edge/actions.ts';
import { createControl } from './edge/control.ts';
import { openEdge } from './edge/edge.ts';
import { openMessaging } from './messaging/messaging.ts';

export interface HostOptions {
  /** The folder of the cloud assembly, as `cdk synth` leaves it. */
  readonly cdkOut: string;
  /** The folder of tables, queues, keys and logs. Made if it is missing. */
  readonly dataDir: string;
  /** 0 is any free port. */
  readonly port: number;
  /** The endpoint of a running DynamoDB. Without it the host starts DynamoDB Local. */
  readonly dynamodbEndpoint?: string | undefined;
  /**
   * Lets PUT /_local/chaos switch faults on, and enforces the functions' roles. All their requests then go
   * through this process.
   */
  readonly chaos?: boolean;
  /** Called every ten seconds with what the start waits for. */
  readonly onWait?: ((waitingFor: string) => void) | undefined;
}

export interface HostStatus extends ReturnType<Compute['status']> {
  /** Whether everything committed before the call has been processed. Dead letters do not count. */
  readonly idle: boolean;
  readonly queues: Readonly<Record<string, { visible: number; inFlight: number; dead: number }>>;
  /** Requests that the functions' roles do not allow. Checked with `chaos` only. */
  readonly denied: readonly string[];
}

export interface Host {
  readonly url: string;
  readonly dynamodbEndpoint: string;
  /** The endpoint for the SDK's EventBridge, SQS and KMS clients. */
  readonly busEndpoint: string;
  /** An access token of the host's own issuer, valid for `expiresIn` seconds (default: an hour). */
  mintToken(claims: JWTPayload, options?: { readonly expiresIn?: number }): Promise<string>;
  status(): Promise<HostStatus>;
  /**
   * Resolves when idle. It waits for as long as there is progress, and calls `onWait` every ten seconds
   * with what it waits for. Rejects with that after a minute without progress.
   */
  untilIdle(onWait?: (waitingFor: string) => void): Promise<void>;
  /** The next workers of these functions, or of all by default, load their bundles again. */
  recycle(functionNames?: readonly string[]): void;
  /** Accepts no more requests, gives running work some seconds to finish, and ends. Never rejects. */
  stop(): Promise<void>;
}

/** Before it starts anything, throws UnknownToHostError for an app that it cannot serve faithfully. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const { cdkOut, port, dynamodbEndpoint, onWait } = options;
  // Absolute, because engine and workers have other working directories.
  const dataDir = resolve(options.dataDir);
  const blueprint = readBlueprint(cdkOut);
  const trial = options.chaos
    ? (await import('./trial/trial.ts')).openTrial(cdkOut, blueprint)
    : undefined;
  const faults = trial?.chaos ?? noFaults;
  // Stops everything in the opposite order of its start, also if the start fails half-way.
  const closing = createClosing();
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const clock = createClock();
    const messaging = openMessaging(blueprint, dataDir, clock, faults);
    closing.add(messaging.close);
    const data = await openData(blueprint, { dataDir, endpoint: dynamodbEndpoint, onWait });
    closing.add(data.close);
    const lambda = createLambdaActions(blueprint, (...one) => compute.invokeLater(...one));
    const actions = { ...messaging.actions, ...data.actions, ...lambda };
    const services = await serveActions(actions, trial?.guard);
    closing.add(services.stop);
    const servicesUrl = `http://127.0.0.1:${services.port}`;
    const crash = (workerId: string): void => compute.crash(workerId);
    const proxy = await trial?.startProxy(data.endpoint, crash);
    closing.add(() => proxy?.stop(0));
    const compute = openCompute(blueprint, {
      ...{ dataDir, clock, messaging, data, faults },
      environment: (functionName, workerId) => ({
        // Calls to any service not named below also go to this endpoint, which refuses them, so that no
        // call leaves this machine.
        AWS_ENDPOINT_URL: servicesUrl,
        AWS_ENDPOINT_URL_EVENTBRIDGE: servicesUrl,
        AWS_ENDPOINT_URL_SQS: servicesUrl,
        AWS_ENDPOINT_URL_KMS: servicesUrl,
        AWS_ENDPOINT_URL_LAMBDA: servicesUrl,
        AWS_ENDPOINT_URL_DYNAMODB: proxy
          ? `http://127.0.0.1:${proxy.port}/${workerId}`
          : data.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB_STREAMS: data.endpoint,
        ...(trial && { AWS_ACCESS_KEY_ID: functionName }),
      }),
    });
    closing.add(compute.close);
    const status = async (): Promise<HostStatus> => ({
      idle: await compute.isIdle(),
      queues: messaging.queues.status(),
      ...compute.status(),
      denied: trial?.guard.denied() ?? [],
    });
    const control = createControl({
      ...{ blueprint, clock, chaos: trial?.chaos, messaging, data, compute, status },
      mintToken: (claims, options) => edge.mintToken(claims, options),
    });
    const edge = await openEdge(blueprint, { dataDir, port, clock, compute, control });
    closing.add(edge.close);
    return {
      url: edge.url,
      dynamodbEndpoint: data.endpoint,
      busEndpoint: servicesUrl,
      mintToken: edge.mintToken,
      status,
      untilIdle: (onWait) => {
        const { isIdle: isDone, progress, waitingFor } = compute;
        return waitWhileMoving({ isDone, progress, waitingFor, onWait });
      },
      recycle: compute.recycle,
      stop: closing.close,
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
};
