import { once } from 'node:events';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startEngine } from '../../../infra/local/data/dynamodb.ts';
import { listen } from '../../../infra/local/edge/http.ts';
import { type Host, type HostOptions, startHost } from '../../../infra/local/host.ts';
import { startHostProcess } from '../../support/start-process.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder, writeAssembly } from './fixture-app.ts';

const cdkOut = writeAssembly();

// Whatever a test started is stopped after it, also when it failed: stopping twice does no harm.
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const newFolder = (): string => {
  const { path, remove } = temporaryFolder();
  cleanups.push(remove);
  return path;
};
const startIn = async (dataDir: string, options: Partial<HostOptions> = {}): Promise<Host> => {
  const host = await startHost({ cdkOut, dataDir, port: 0, ...options });
  cleanups.push(host.stop);
  return host;
};

const postItem = (url: string, id: string, body = 'text'): Promise<Response> =>
  fetch(`${url}/items/${id}`, { method: 'POST', body });
const timesOf = async (url: string, id: string): Promise<number> => {
  const answer = await fetch(`${url}/items/${id}`);
  if (answer.status === 404) return 0;
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { times: number }).times;
};

const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });

describe('a running host', () => {
  const folder = temporaryFolder();
  let host: Host;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(host.url + path, { headers });
  const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(host.url + path, { method: 'PUT', body: JSON.stringify(body), headers });

  beforeAll(async () => {
    host = await startHost({ cdkOut, dataDir: folder.path, port: 0, chaos: true });
  });
  afterAll(async () => {
    await host.stop();
    folder.remove();
  });

  test('carries a command from HTTP through stream, bus and queue to its view', async () => {
    expect((await postItem(host.url, 'first')).status).toBe(201);
    await host.untilIdle();
    expect(await timesOf(host.url, 'first')).toBe(1);
  });

  test('refuses what the role of a function does not allow, as IAM would', async () => {
    const answer = await get('/overreach');
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({
      __type: 'AccessDeniedException',
      message: expect.stringMatching(
        /^fixture-Service-ApiFunction is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:[^ ]+:table\/fixture-Data-Ledger with /,
      ),
    });
  });

  test('is never idle while a committed row is on its way', async () => {
    for (let n = 0; n < 10; n += 1) {
      await postItem(host.url, `idle-${n}`);
      await until(host.status, ({ idle }) => idle);
      expect(await timesOf(host.url, `idle-${n}`)).toBe(1);
    }
  });

  test('makes the event that API Gateway makes', async () => {
    const answer = await fetch(`${host.url}/echo/%E5%BF%97/b?a=1&a=2&c=%26+x`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'x=1; y=2', 'X-Mixed': 'Case' },
      body: '{"n":1}',
    });
    expect(answer.headers.getSetCookie()).toEqual(['a=b']);
    expect(answer.headers.get('x-worker')).toBe('fixture-Service-ApiFunction');
    const { event, environment, remaining } = (await answer.json()) as {
      event: { headers: object };
      environment: string[];
      remaining: number;
    };
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{rest+}',
      rawPath: '/echo/%E5%BF%97/b',
      rawQueryString: 'a=1&a=2&c=%26+x',
      cookies: ['x=1', 'y=2'],
      headers: { 'x-mixed': 'Case', 'content-type': 'application/json' },
      queryStringParameters: { a: '1,2', c: '& x' },
      pathParameters: { rest: '志/b' },
      body: '{"n":1}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/echo/%E5%BF%97/b', sourceIp: '127.0.0.1' },
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      },
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(environment).not.toContain('PATH');
    expect(remaining).toBeLessThanOrEqual(2000);
  });

  test('hands bytes that are no text over as base64', async () => {
    const answer = await fetch(`${host.url}/echo/x`, {
      method: 'POST',
      headers: { 'content-type': 'application/zip' },
      body: new Uint8Array([0, 255]),
    });
    const { event } = (await answer.json()) as { event: object };
    expect(event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  test.each(['/throw', '/exit', '/reject', '/hang'])(
    'a function that fails (%s) fails its request only',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(500);
      expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
      expect((await get('/echo/after')).status).toBe(200);
    },
  );

  test('a function that hangs is ended at its timeout, not left running', async () => {
    const workers = async (): Promise<number> =>
      Object.values((await host.status()).functions).reduce((sum, each) => sum + each.workers, 0);
    expect((await get('/echo/before')).status).toBe(200);
    const before = await workers();
    expect((await get('/hang')).status).toBe(500);
    await until(workers, (count) => count < before);
  });

  test.each([
    ['GET', '/nowhere'],
    ['DELETE', '/items/first'],
    ['OPTIONS', '/items/first'],
  ])('answers %s %s as API Gateway does: there is no such route', async (method, path) => {
    const answer = await fetch(host.url + path, {
      method,
      headers: { origin: 'http://a.example' },
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch('application/json');
    expect(await answer.json()).toEqual({ message: 'Not Found' });
  });

  test.each(['/items/%zz', '/echo/a?x=%zz', '/echo/a?%e5=1'])(
    'a malformed encoding (%s) is a bad request',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ message: 'Bad Request' });
    },
  );

  test('a body above 10 MB is refused', async () => {
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    const answer = await fetch(`${host.url}/items/big`, { method: 'POST', body }).catch(() => null);
    expect(answer?.status ?? 413).toBe(413);
    expect((await get('/echo/after')).status).toBe(200);
  });

  test('a client that goes away in the middle of a request harms nobody', async () => {
    const { hostname, port } = new URL(host.url);
    const gone = request({ hostname, port, method: 'POST', path: '/items/gone' });
    gone.on('error', () => undefined);
    gone.setHeader('content-length', '100');
    gone.write('half');
    await once(gone, 'socket');
    gone.destroy();
    expect((await get('/echo/after')).status).toBe(200);
  });

  test('a protected route wants a good token, and its claims arrive as text', async () => {
    const without = await get('/secret');
    expect(without.status).toBe(401);
    expect(without.headers.get('www-authenticate')).toBe('Bearer');
    expect(await without.json()).toEqual({ message: 'Unauthorized' });

    const expired = await host.mintToken({ sub: 'me' }, { expiresIn: -1 });
    const late = await get('/secret', { authorization: `Bearer ${expired}` });
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);

    // What is wrong with a token may repeat what it says, in any letters.
    const header = (head: object) => Buffer.from(JSON.stringify(head)).toString('base64url');
    for (const crit of ['é雷', 'a\u0007b', 'x'.repeat(3000)]) {
      const token = `${header({ alg: 'RS256', crit: [crit], [crit]: 1 })}.e30.AA`;
      const odd = await get('/secret', { authorization: `Bearer ${token}` });
      expect(odd.status).toBe(401);
      expect(odd.headers.get('www-authenticate')).toMatch(
        /^Bearer error="invalid_token"[ -~]{0,300}$/,
      );
    }

    const token = await host.mintToken({
      sub: 'me',
      roles: ['a', 'b c', ['d']],
      realm: { roles: ['a'], name: 'x' },
      admin: true,
      level: 3,
      none: null,
    });
    for (const authorization of [`Bearer ${token}`, token]) {
      const { event } = (await (await get('/secret', { authorization })).json()) as {
        event: {
          headers: object;
          requestContext: { authorizer: { jwt: { claims: object; scopes: null } } };
        };
      };
      // The token itself goes on as it came: only there lists and texts are told apart.
      expect(event.headers).toMatchObject({ authorization });
      const { claims, scopes } = event.requestContext.authorizer.jwt;
      expect(claims).toMatchObject({
        sub: 'me',
        roles: '[a b c [d]]',
        realm: 'map[name:x roles:[a]]',
        admin: 'true',
        level: '3',
        exp: expect.stringMatching(/^\d+$/),
      });
      expect(claims).not.toHaveProperty('none');
      expect(scopes).toBeNull();
    }
  });

  test('two Authorization headers are no token', async () => {
    const token = await host.mintToken({ sub: 'me' });
    const { hostname, port } = new URL(host.url);
    const status = await new Promise((resolve) => {
      const asked = request({ hostname, port, path: '/secret' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.setHeader('authorization', [`Bearer ${token}`, `Bearer ${token}`]);
      asked.end();
    });
    expect(status).toBe(401);
  });

  test('request line and header values have 10,240 bytes together', async () => {
    const { hostname, port } = new URL(host.url);
    const ask = (padding: number): Promise<number | undefined> =>
      new Promise((resolve) => {
        const headers = { host: 'h', connection: 'close', 'x-padding': 'x'.repeat(padding) };
        request({ hostname, port, path: '/echo/x', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).end();
      });
    const rest = 'GET /echo/x HTTP/1.1'.length + 'h'.length + 'close'.length;
    expect(await ask(10_240 - rest)).toBe(200);
    expect(await ask(10_241 - rest)).toBe(431);
    expect(await ask(20_000)).toBe(431);
  });

  test('publishes its keys', async () => {
    const discovery = await (await get('/oidc/.well-known/openid-configuration')).json();
    expect(discovery).toMatchObject({ jwks_uri: expect.stringMatching(/\/oidc\/jwks\.json$/) });
    const { keys } = (await (await get('/oidc/jwks.json')).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
    expect(statSync(join(folder.path, 'issuer-key.json')).mode & 0o777).toBe(0o600);
  });

  test('the clock can be set, ticks on, and does not touch tokens', async () => {
    const token = await host.mintToken({ sub: 'me' });
    const begun = performance.now();
    expect((await put('/_local/clock', { now: '2025-04-12T10:00:00+08:00' })).status).toBe(200);
    const answer = await get('/secret', { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    const { event } = (await answer.json()) as {
      event: { requestContext: { timeEpoch: number } };
    };
    const set = Date.parse('2025-04-12T10:00:00+08:00');
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(set);
    const elapsed = Math.ceil(performance.now() - begun);
    expect(event.requestContext.timeEpoch).toBeLessThanOrEqual(set + elapsed);
    expect((await put('/_local/clock', { now: 'yesterday' })).status).toBe(400);
    expect((await put('/_local/clock', { now: null })).status).toBe(200);
    const { offset } = (await (await get('/_local/clock')).json()) as { offset: number };
    expect(offset).toBe(0);
  });

  test('a web page cannot steer the host', async () => {
    const origin = { origin: 'http://evil.example' };
    expect((await put('/_local/clock', { now: null }, origin)).status).toBe(403);
    const status = await new Promise((resolve) => {
      const { hostname, port } = new URL(host.url);
      const headers = { host: 'evil.example' };
      request({ hostname, port, path: '/_local/status', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  test('a schedule runs when the clock passes its time, and when it is asked to', async () => {
    const name = 'fixture-Service-Nightly';
    await put('/_local/clock', { now: '2031-04-12T03:29:00+08:00' });
    await host.untilIdle();
    const before = await timesOf(host.url, 'nights');
    await put('/_local/clock', { now: '2031-04-12T03:30:00+08:00' });
    await until(
      () => timesOf(host.url, 'nights'),
      (times) => times === before + 1,
    );
    const { schedules } = await until(host.status, ({ schedules }) => !schedules[name]?.running);
    expect(schedules[name]).toMatchObject({
      next: '2031-04-12T19:30:00.000Z',
      running: false,
    });
    const run = await fetch(`${host.url}/_local/schedules/${name}/run`, { method: 'POST' });
    expect(await run.json()).toEqual({ nights: before + 2 });
    const none = await fetch(`${host.url}/_local/schedules/none/run`, { method: 'POST' });
    expect(none.status).toBe(400);
    await put('/_local/clock', { now: null });
  });

  test('a message that keeps failing ends in the dead-letter queue; SQS’s client moves it back', async () => {
    await postItem(host.url, 'bad', 'poison');
    await host.untilIdle();
    const { queues } = await host.status();
    expect(queues['fixture-Service-Inbox']).toMatchObject({ visible: 0, dead: 1 });
    const sqs = new SQSClient({
      endpoint: host.busEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    cleanups.push(() => sqs.destroy());
    const QueueUrl = 'https://sqs.local/0/fixture-Service-InboxDead';
    const receive = new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 60 });
    const { Messages: [message] = [] } = await sqs.send(receive);
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({ detail: { id: 'bad' } });
    expect((await sqs.send(receive)).Messages ?? []).toEqual([]);
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: 'https://sqs.local/0/fixture-Service-Inbox',
        Entries: [{ Id: 'a', MessageBody: '{"detail":{"id":"bad","body":"mended"}}' }],
      }),
    );
    const Entries = [{ Id: 'a', ReceiptHandle: message?.ReceiptHandle }];
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    await host.untilIdle();
    expect(await timesOf(host.url, 'bad')).toBe(1);
    expect((await host.status()).queues['fixture-Service-Inbox']?.dead).toBe(0);
    await expect(
      sqs.send(new ReceiveMessageCommand({ QueueUrl: 'https://sqs.local/0/none' })),
    ).rejects.toThrow('There is no queue');
  });

  test('nothing is lost under chaos', async () => {
    const chaos = {
      seed: 3,
      duplicate: 0.2,
      shuffle: true,
      delay: 50,
      crashAfterWrite: 0.1,
      crashBeforeWrite: 0.1,
      throttle: 0.2,
      failEntries: 0.2,
    };
    expect((await put('/_local/chaos', chaos)).status).toBe(200);
    const ids = Array.from({ length: 20 }, (_, n) => `chaos-${n}`);
    let failures = 0;
    await Promise.all(
      ids.map(async (id) => {
        while (!(await postItem(host.url, id)).ok) failures += 1;
      }),
    );
    expect(failures).toBeGreaterThan(0);
    await put('/_local/chaos', {});
    await host.untilIdle();
    const { queues } = await host.status();
    const dead = queues['fixture-Service-Inbox']?.dead ?? 0;
    const times = await Promise.all(ids.map((id) => timesOf(host.url, id)));
    // Two receives are all this queue allows: what chaos sent to the dead letters is not lost either.
    expect(times.filter((count) => count === 0).length).toBeLessThanOrEqual(dead);
  });

  test('listens on 127.0.0.1 only, database included', async () => {
    for (const url of [host.url, host.dynamodbEndpoint]) {
      const port = Number(new URL(url).port);
      expect(await isOpen('127.0.0.1', port)).toBe(true);
      expect(await isOpen('127.0.0.2', port)).toBe(false);
      expect(await isOpen('::1', port)).toBe(false);
    }
  });
});

test('a taken port is told in one sentence', async () => {
  const other = await listen(0, async () => undefined);
  cleanups.push(() => other.stop());
  const start = startIn(newFolder(), { port: other.port });
  await expect(start).rejects.toThrow(/^Port \d+ is taken by another program: .*PORT=… npm start/);
});

describe('after kill -9', () => {
  test('every acknowledged command still arrives, and no database is left behind', async () => {
    const folder = newFolder();
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { url, endpoint, kill } = await startHostProcess(folder, cdkOut);
      cleanups.push(kill);
      let killed = false;
      const goal = acknowledged.length + 25;
      const write = async (writer: number): Promise<void> => {
        for (let n = 0; ; n += 1) {
          const id = `r${round}w${writer}n${n}`;
          const answer = await postItem(url, id).catch(() => undefined);
          if (answer?.status === 201) acknowledged.push(id);
          else if (killed) return;
        }
      };
      const writers = [0, 1, 2].map(write);
      await until(
        () => acknowledged.length,
        (count) => count >= goal,
      );
      killed = true;
      await kill();
      await Promise.all(writers);
      const port = Number(new URL(endpoint).port);
      await until(
        () => isOpen('127.0.0.1', port),
        (open) => !open,
      );
    }
    const host = await startIn(folder);
    await host.untilIdle();
    const missing: string[] = [];
    for (const id of acknowledged) if ((await timesOf(host.url, id)) < 1) missing.push(id);
    const { queues } = await host.status();
    expect(queues['fixture-Service-Inbox']?.dead).toBe(0);
    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    expect(missing).toEqual([]);
  });
});

describe('when the stream has lost records', () => {
  const alter = (file: string, change: string): void => {
    const db = new DatabaseSync(file);
    db.exec(change);
    db.close();
  };

  test('the on-failure queue is told after a kill and a day off, and only then', async () => {
    const folder = newFolder();
    const engine = await startEngine(join(folder, 'db'), join(folder, 'db.log'));
    cleanups.push(engine.stop);
    const options = { dynamodbEndpoint: engine.endpoint };
    const first = await startIn(folder, options);
    await postItem(first.url, 'old');
    await first.untilIdle();
    await first.stop();
    const file = join(folder, 'queues.sqlite');
    const toldAfter = async (change: string): Promise<number> => {
      alter(file, change);
      const host = await startIn(folder, options);
      await host.untilIdle();
      await host.stop();
      const db = new DatabaseSync(file);
      const [row] = db
        .prepare("select count(*) as n from message where queue like '%RelayDead'")
        .all();
      db.close();
      return Number(row?.n);
    };
    const aDayAgo = `update position set drainedAt = ${Date.now() - 24 * 3600 * 1000}`;
    expect(await toldAfter(aDayAgo)).toBe(0);
    expect(await toldAfter('update position set clean = 0')).toBe(0);
    expect(await toldAfter(`${aDayAgo}, clean = 0`)).toBe(1);
    expect(await toldAfter('delete from position')).toBe(2);
  });

  test('new ones arrive although the engine numbers them from 1 again', async () => {
    const folder = newFolder();
    const first = await startIn(folder);
    for (let n = 0; n < 5; n += 1) await postItem(first.url, `old-${n}`);
    await first.untilIdle();
    await first.stop();
    // At 26 hours the engine keeps the records but hides them, at 100 it deletes them at its start.
    for (const hours of [26, 100]) {
      const then = Date.now() - hours * 3600 * 1000;
      const file = join(folder, 'dynamodb', 'shared-local-instance.db');
      alter(file, `update us set CreationDateTime = ${then}`);
      const host = await startIn(folder);
      await host.untilIdle();
      await postItem(host.url, `after-${hours}`);
      await host.untilIdle();
      expect(await timesOf(host.url, `after-${hours}`)).toBe(1);
      expect(await timesOf(host.url, 'old-0')).toBe(1);
      await host.stop();
    }
  });
});
