import '../../support/tables.ts';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/start/api.ts';
import { type LoopbackServer, listen } from '../../../infra/local/edge/http.ts';
import { type Issuer, openIssuer } from '../../../infra/local/edge/issuer.ts';
import { createProvider } from '../../../infra/local/edge/provider.ts';
import { temporaryFolder } from '../../infra/local/fixture-app.ts';
import { type Ask, httpEvent, noon } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';

const folder = temporaryFolder();
let server: LoopbackServer;
/** What the provider's access tokens have in addition or in place of what is chosen. */
let inToken: Record<string, unknown> = {};

beforeAll(async () => {
  // The issuer names its own port, so it is opened before the provider knows it.
  server = await listen(0, (request, response) => provideAt(request, response));
  const spec = { issuer: `http://127.0.0.1:${server.port}/oidc`, audience: ['leifeng'] };
  const issuer = await openIssuer(folder.path, spec);
  const changing: Issuer = {
    jwks: issuer.jwks,
    mint: (claims, expiresIn) =>
      issuer.mint('nonce' in claims ? claims : { ...claims, ...inToken }, expiresIn),
  };
  provideAt = createProvider({
    ...{ issuer: changing, spec, dataDir: folder.path },
    clock: { now: () => Date.now() },
  });
  process.env.SIGN_IN = JSON.stringify({
    ...{ issuer: spec.issuer, audience: ['leifeng'], clientId: 'pages', scope: 'openid' },
    parameters: { resource: 'leifeng' },
  });
});
let provideAt: ReturnType<typeof createProvider>;
afterAll(async () => {
  await server.stop();
  folder.remove();
});
beforeEach(async () => {
  inToken = {};
  await freshTables();
});

const call = async (request: Ask, cookies: readonly string[] = []) => {
  const headers = { accept: 'text/html', host: '127.0.0.1:7080', 'x-forwarded-proto': 'http' };
  const event = { ...httpEvent({ ...request, headers }), cookies: [...cookies] };
  const {
    statusCode,
    headers: sent,
    cookies: set = [],
    body,
  } = await handler(event, {
    getRemainingTimeInMillis: () => 10_000,
  } as never);
  return { status: statusCode, location: String(sent?.location), set, text: String(body) };
};
const sent = (cookies: readonly string[]): readonly string[] =>
  cookies.map((each) => each.split(';', 1)[0] ?? '');

const begin = (next?: string) =>
  call({ route: 'GET /pages/sign-in', ...(next ? { query: { next } } : {}) });
/** Chooses a person at the provider. @returns the query with which the browser comes back */
const choose = async (location: string, claims: object): Promise<Record<string, string>> => {
  const answer = await fetch(location, {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams({ claims: JSON.stringify(claims) }),
  });
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
};
const comeBack = (query: Record<string, string>, cookies: readonly string[], at = noon) =>
  call({ route: 'GET /pages/callback', query, at }, sent(cookies));

const admin = { sub: 'admin-1', role: 'district-admin' };

describe('signing in', () => {
  test('asks the provider for a code, with state, nonce and a challenge', async () => {
    const { status, location, set } = await begin('/pages/record');
    expect(status).toBe(303);
    const { searchParams } = new URL(location);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'pages',
      scope: 'openid',
      redirect_uri: 'http://127.0.0.1:7080/pages/callback',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      resource: 'leifeng',
    });
    expect(set).toEqual([
      expect.stringMatching(
        /^__Host-sign-in=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
      ),
    ]);
  });

  test('begins a session and goes to where the person was', async () => {
    const { location, set } = await begin('/pages/record?block=service');
    const back = await comeBack(await choose(location, admin), set);
    expect([back.status, back.location]).toEqual([303, '/pages/record?block=service']);
    expect(back.set[1]).toMatch(/^__Host-sign-in=;.*Max-Age=0$/);
    const home = await call({ route: 'GET /pages' }, sent(back.set.slice(0, 1)));
    expect([home.status, home.text]).toEqual([200, expect.stringContaining('区级管理员')]);
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'never leads to %s',
    async (next) => {
      const { location, set } = await begin(next);
      const back = await comeBack(await choose(location, admin), set);
      expect([back.status, back.location]).toEqual([303, '/pages']);
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['for another audience', { aud: 'another-api' }],
    ['of another issuer', { iss: 'http://127.0.0.1:9/oidc' }],
    ['that has ended', { exp: 1_000_000_000 }],
    ['whose subject tells who it is', { sub: 'lei.feng@example.org' }],
  ])('refuses a token %s', async (_, changed) => {
    inToken = changed;
    const { location, set } = await begin();
    const back = await comeBack(await choose(location, admin), set);
    expect([back.status, back.set]).toEqual([401, []]);
  });

  test('refuses an answer for another browser, another attempt, or too late', async () => {
    const { location, set } = await begin();
    const query = await choose(location, admin);
    expect((await comeBack(query, [])).status).toBe(401);
    expect((await comeBack(query, (await begin()).set)).status).toBe(401);
    expect((await comeBack(query, set, noon + 11 * 60_000)).status).toBe(401);
    expect((await comeBack({ ...query, state: 'x' }, set)).status).toBe(401);
  });

  test('an answer is good once', async () => {
    const { location, set } = await begin();
    const query = await choose(location, admin);
    expect((await comeBack(query, set)).status).toBe(303);
    expect((await comeBack(query, set)).status).toBe(401);
  });

  test('says that the provider did not agree, and repeats nothing that it said', async () => {
    const { set } = await begin();
    const query = { error: 'access_denied', error_description: '<b>no</b>', state: 'x' };
    const { status, text } = await comeBack(query, set);
    expect([status, text]).toEqual([401, expect.stringContaining('统一登录平台没有同意登录')]);
    expect(text).not.toContain('<b>no');
  });
});
