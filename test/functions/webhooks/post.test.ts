import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { post } from '../../../functions/webhooks/post.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const local = { loopback: true };

/** A receiver on this machine. Returns its URL. */
const receiver = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
};

test('what was sent arrives to the byte, and the first bytes of the answer come back', async () => {
  let got = '';
  const url = await receiver((request, response) => {
    request.setEncoding('utf8').on('data', (chunk) => {
      got += chunk;
    });
    request.on('end', () => {
      got += ` ${request.method} ${request.headers['webhook-id']}`;
      response.end(`好的\u0000 ${'x'.repeat(5_000)}`);
    });
  });
  const made = await post(url, { 'webhook-id': 'one' }, '{"活动":1}', local);
  expect(got).toBe('{"活动":1} POST one');
  expect(made).toMatchObject({ problem: null, status: 200, retryAfter: null });
  expect(made.answer).toMatch(/^好的 {1,2}x+$/);
  expect(Buffer.byteLength(made.answer)).toBeLessThanOrEqual(200);
  expect(made.latencyMs).toBeGreaterThanOrEqual(0);
});

test.each([
  [199, 'status'],
  [204, null],
  [299, null],
  [301, 'status'],
  [307, 'status'],
  [400, 'status'],
  [410, 'gone'],
  [429, 'status'],
  [503, 'status'],
])('%i is %s, and no redirect is followed', async (status, problem) => {
  let asked = 0;
  const url = await receiver((_, response) => {
    asked += 1;
    // 1xx cannot be an answer here; a server that sends one as such breaks the connection.
    response.writeHead(status === 199 ? 599 : status, { location: '/elsewhere' }).end();
  });
  expect((await post(url, {}, '', local)).problem).toBe(problem);
  expect(asked).toBe(1);
});

test.each([
  ['120', 120],
  ['0', 0],
  ['-1', null],
  ['soon', null],
  ['99999999999999', null],
])('Retry-After: %s', async (header, seconds) => {
  const url = await receiver((_, response) => {
    response.writeHead(503, { 'retry-after': header }).end();
  });
  expect((await post(url, {}, '', local)).retryAfter).toBe(seconds);
});

test('Retry-After may be a date', async () => {
  const url = await receiver((_, response) => {
    const at = new Date(Date.now() + 60_000).toUTCString();
    response.writeHead(429, { 'retry-after': at }).end();
  });
  const { retryAfter } = await post(url, {}, '', local);
  expect(retryAfter).toBeGreaterThan(50);
  expect(retryAfter).toBeLessThanOrEqual(60);
});

test('a body that hangs, breaks or never ends changes nothing once the head is there', async () => {
  const hanging = await receiver((_, response) => {
    response.writeHead(200);
    response.write('half');
  });
  expect(await post(hanging, {}, '', local)).toMatchObject({ problem: null, answer: 'half' });
  const breaking = await receiver((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  });
  expect(await post(breaking, {}, '', local)).toMatchObject({ problem: null });
  let wrote = 0;
  const endless = await receiver((_, response) => {
    const more = (): void => {
      wrote += 65_536;
      if (!response.destroyed && wrote < 1e9) response.write(Buffer.alloc(65_536, 'x'), more);
    };
    more();
  });
  expect(await post(endless, {}, '', local)).toMatchObject({ problem: null });
  expect(wrote).toBeLessThan(50_000_000);
});

test('a server that breaks, speaks nonsense or is not there is unreachable', async () => {
  const breaking = await receiver((_, response) => void response.destroy());
  expect(await post(breaking, {}, '', local)).toMatchObject({ problem: 'unreachable' });
  const socket = createSocket((connection) => connection.end('SSH-2.0-nonsense\r\n'));
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  closing.push(() => socket.close());
  expect(await post(`http://127.0.0.1:${port}/`, {}, '', local)).toMatchObject({
    ...{ problem: 'unreachable', status: null, answer: '' },
  });
  expect(await post(`https://127.0.0.1:${port}/`, {}, '', local)).toMatchObject({
    problem: 'certificate',
  });
  expect(await post('http://127.0.0.1:1/', {}, '', local)).toMatchObject({
    problem: 'unreachable',
  });
});

test('a server that would speak another protocol has answered 101, and hangs nobody', async () => {
  const socket = createSocket((connection) => {
    connection.once('data', () =>
      connection.write('HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n'),
    );
  });
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  closing.push(() => socket.close());
  const made = await post(`http://127.0.0.1:${port}/`, {}, '', local);
  expect(made).toMatchObject({ problem: 'status', status: 101 });
});

test('the connection itself is what is guarded', async () => {
  let asked = 0;
  const url = await receiver((_, response) => {
    asked += 1;
    response.end();
  });
  const outside = { loopback: false };
  expect((await post(url, {}, '', outside)).problem).toBe('address-refused');
  // A name of this machine, which no text shows to be one.
  const { port } = new URL(url);
  const named = `https://localhost.localdomain:${port}/`;
  expect(['address-refused', 'unreachable']).toContain(
    (await post(named, {}, '', outside)).problem,
  );
  expect(asked).toBe(0);
});
