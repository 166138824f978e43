import { get, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Host, startHost } from '../../../infra/local/host.ts';
import { temporaryFolder } from '../../infra/local/fixture-app.ts';

let host: Host;
const folder = temporaryFolder();
beforeAll(async () => {
  const cdkOut = process.env.TEST_CDK_OUT ?? '';
  host = await startHost({ cdkOut, dataDir: folder.path, port: 0 });
});
afterAll(async () => {
  await host?.stop();
  folder.remove();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As a plain client: `fetch` would unpack the body. */
const read = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(`${host.url}${path}`, { headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const { statusCode: status, headers } = response;
      resolve({ status, headers, body: Buffer.concat(chunks) });
    }).once('error', reject);
  });

describe.each(['/openapi.json', '/asyncapi.json'])('%s', (path) => {
  const kept = { 'cache-control': 'public, max-age=3600', vary: 'Accept-Encoding' };

  test('is sent in clear to who does not accept gzip, and may be kept for an hour', async () => {
    const { status, headers, body } = await read(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ ...kept, 'content-type': 'application/json; charset=utf-8' });
    expect(headers).not.toHaveProperty('content-encoding');
    // A cache would hand one caller's id to all.
    expect(headers).not.toHaveProperty('x-correlation-id');
    expect(JSON.parse(body.toString())).toHaveProperty('info');
  });

  test('is sent as a fraction of it to who accepts gzip, and is the same', async () => {
    const [plain, packed] = [await read(path), await read(path, { 'accept-encoding': 'br, gzip' })];
    expect(packed.status).toBe(200);
    expect(packed.headers).toMatchObject({ ...kept, 'content-encoding': 'gzip' });
    expect(packed.headers.etag).toBe(plain.headers.etag);
    expect(packed.body.length * 5).toBeLessThan(plain.body.length);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
  });

  test('is not sent again to who has it', async () => {
    const { headers } = await read(path);
    const etag = headers.etag ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    for (const known of [etag, etag.replace('W/', ''), `"x", ${etag}`, '*']) {
      const again = await read(path, { 'if-none-match': known, 'accept-encoding': 'gzip' });
      expect(again.status).toBe(304);
      expect(again.body.length).toBe(0);
      expect(again.headers).toMatchObject({ ...kept, etag });
      expect(again.headers).not.toHaveProperty('content-encoding');
    }
    const other = await read(path, { 'if-none-match': '"x", W/"y"' });
    expect(other.status).toBe(200);
  });
});

test('the two documents have an ETag each', async () => {
  const [one, other] = [await read('/openapi.json'), await read('/asyncapi.json')];
  expect(one.headers.etag).not.toBe(other.headers.etag);
});
