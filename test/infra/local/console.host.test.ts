import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Html, html } from '../../../infra/local/console/html.ts';
import { type Host, startHost } from '../../../infra/local/host.ts';
import { temporaryFolder, writeAssembly } from './fixture-app.ts';

const folder = temporaryFolder();
let host: Host;
beforeAll(async () => {
  host = await startHost({ cdkOut: writeAssembly(), dataDir: folder.path, port: 0, chaos: true });
});
afterAll(async () => {
  await host.stop();
  folder.remove();
});

const look = async (query = ''): Promise<string> =>
  (await fetch(`${host.url}/_local/${query}`)).text();
const press = (place: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${host.url}/_local/${place}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers: { origin: host.url, ...headers },
  });

test('escapes whatever is put in, unless it is HTML itself', () => {
  const evil = `<script>"'&`;
  expect(html`<b title="${evil}">${[evil, 1, false, undefined]}${new Html('<i>')}</b>`.text).toBe(
    '<b title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;1<i></b>',
  );
});

test('shows events, dead letters, tables and routes, and runs no script', async () => {
  await fetch(`${host.url}/items/poison`, { method: 'POST', body: 'poison' });
  await fetch(`${host.url}/items/${encodeURIComponent('<script>')}`, { method: 'POST', body: 'x' });
  await host.untilIdle();
  const answer = await fetch(`${host.url}/_local/?table=fixture-Data-Ledger`);
  const text = await answer.text();
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
  );
  // With `no-referrer` a browser would send the forms of the page with `Origin: null`.
  expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  expect(text).toContain('ItemPut');
  expect(text).toContain('fixture-Service-Inbox');
  expect(text).toContain('&lt;script&gt;');
  expect(text).not.toContain('<script');
  expect(text).toContain('POST /items/{id}');
  expect(await look('?queue=fixture-Service-InboxDead')).toContain('poison');
});

test('gives dead letters back to their queue', async () => {
  const queue = 'fixture-Service-Inbox';
  expect((await host.status()).queues[queue]?.dead).toBe(1);
  expect((await press('redrive', { queue })).status).toBe(303);
  await host.untilIdle();
  // It is as bad as before, and comes back.
  expect((await host.status()).queues[queue]?.dead).toBe(1);
  const none = await press('redrive', { queue: 'fixture-Service-RelayDead' });
  expect(none.status).toBe(400);
  expect(await none.text()).toContain('fixture-Service-RelayDead has no dead-letter queue.');
});

test('sets the clock and the chaos switches, and makes a token', async () => {
  await press('clock', { now: '2031-04-12T10:00:00+08:00' });
  expect(await look()).toContain('2031-04-12T02:00');
  await press('clock', { now: '' });
  await press('chaos', { duplicate: '0.5', shuffle: 'true' });
  expect(await look()).toContain('value="0.5"');
  // The form sends all switches as they are shown.
  const page = await look();
  const fields = page.slice(page.indexOf('action="/_local/chaos"')).split('</form>')[0] ?? '';
  const shown = fields.matchAll(/name="(\w+)" value="([^"]*)"/g);
  const whole = Object.fromEntries([...shown].map(([, name = '', value = '']) => [name, value]));
  expect(Object.keys(whole)).toContain('delayed');
  expect((await press('chaos', { ...whole, delayed: 'Inbox' })).status).toBe(303);
  await press('chaos', {});
  const made = await (await press('token', { role: 'auditor', sub: 'me', area: '' })).text();
  const token = /<pre>(eyJ[^<]+)<\/pre>/.exec(made)?.[1];
  const secret = await fetch(`${host.url}/secret`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(secret.status).toBe(200);
});

test.each([
  ['another site', { origin: 'http://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a navigation from another site', { 'sec-fetch-site': 'cross-site' }],
])('is closed to %s', async (_, headers) => {
  expect((await press('clock', { now: '' }, headers)).status).toBe(403);
});

test('is closed to a name that was made to point here', async () => {
  const { hostname, port } = new URL(host.url);
  const headers = { host: 'evil.example', origin: 'http://evil.example' };
  const status = await new Promise((resolve) => {
    request({ hostname, port, path: '/_local/', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(403);
});
