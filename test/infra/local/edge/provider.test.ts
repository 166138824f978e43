import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type LoopbackServer, listen } from '../../../../infra/local/edge/http.ts';
import { openIssuer } from '../../../../infra/local/edge/issuer.ts';
import { createProvider } from '../../../../infra/local/edge/provider.ts';
import { temporaryFolder } from '../fixture-app.ts';

const spec = { issuer: 'http://127.0.0.1:7080/oidc', audience: ['leifeng'] };
const folder = temporaryFolder();
let server: LoopbackServer;
let base: string;
/** The clock of the host, ahead of this machine's by so much. */
let aheadMs = 0;

beforeAll(async () => {
  const issuer = await openIssuer(folder.path, spec);
  const clock = { now: () => Date.now() + aheadMs };
  server = await listen(0, createProvider({ issuer, spec, dataDir: folder.path, clock }));
  base = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const verifier = 'a-verifier-of-forty-three-characters-or-more-1';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const asked = {
  response_type: 'code',
  client_id: 'leifeng-pages',
  redirect_uri: 'http://127.0.0.1:7080/pages/callback',
  state: 'a state',
  nonce: 'a nonce',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

const authorize = (query: object = asked, init: RequestInit = {}): Promise<Response> =>
  fetch(`${base}/oidc/authorize?${new URLSearchParams({ ...query })}`, {
    redirect: 'manual',
    ...init,
  });
const choose = (claims: unknown): Promise<Response> =>
  authorize(asked, {
    method: 'POST',
    body: new URLSearchParams({
      claims: typeof claims === 'string' ? claims : JSON.stringify(claims),
    }),
  });
const codeFor = async (claims: object): Promise<string> => {
  const { headers } = await choose(claims);
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
};
const exchange = async (code: string, changed: object = {}) => {
  const answer = await fetch(`${base}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      client_id: asked.client_id,
      redirect_uri: asked.redirect_uri,
      code_verifier: verifier,
      ...changed,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

const somebody = { sub: 'somebody-1', role: 'organiser' };

describe('the local issuer', () => {
  test('says where its endpoints are', async () => {
    const answer = await fetch(`${base}/oidc/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: spec.issuer,
      authorization_endpoint: `${spec.issuer}/authorize`,
      token_endpoint: `${spec.issuer}/token`,
      jwks_uri: `${spec.issuer}/jwks.json`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  test('offers the persons of the data folder, escaped', async () => {
    writeFileSync(
      join(folder.path, 'persons.json'),
      JSON.stringify([{ name: '<b>组织者</b>', claims: somebody }]),
    );
    const page = await (await authorize()).text();
    expect(page).toContain('&lt;b&gt;组织者&lt;/b&gt;');
    expect(page).toContain('&quot;sub&quot;:&quot;somebody-1&quot;');
  });

  test('sends whoever was chosen back with a code, and gives their tokens for it', async () => {
    const answer = await choose(somebody);
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe(asked.redirect_uri);
    expect(location.searchParams.get('state')).toBe('a state');
    const { status, body } = await exchange(location.searchParams.get('code') ?? '');
    expect(status).toBe(200);
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({ ...somebody, aud: 'leifeng' });
    expect(decodeJwt(body.id_token ?? '')).toMatchObject({
      ...{ sub: 'somebody-1', aud: 'leifeng-pages', nonce: 'a nonce', iss: spec.issuer },
    });
  });

  test('takes a code once', async () => {
    const code = await codeFor(somebody);
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    ['another verifier', { code_verifier: 'another-verifier-of-forty-three-characters-12' }],
    ['another client', { client_id: 'somebody-else' }],
    ['another address', { redirect_uri: 'http://127.0.0.1:7080/elsewhere' }],
    ['a code that it did not give', { code: 'nonsense' }],
    ['another grant', { grant_type: 'password' }],
  ])('gives nothing for %s', async (_, changed) => {
    expect((await exchange(await codeFor(somebody), changed)).status).toBe(400);
  });

  test.each([
    ['a token in place of a code', { response_type: 'token' }],
    ['no client', { client_id: '' }],
    ['an address elsewhere', { redirect_uri: 'https://evil.example/callback' }],
    [
      'an address that only looks like this machine',
      { redirect_uri: 'http://127.0.0.1.evil.example/' },
    ],
    ['a challenge in clear', { code_challenge_method: 'plain' }],
    ['no challenge', { code_challenge: '' }],
  ])('refuses a request with %s', async (_, changed) => {
    expect((await authorize({ ...asked, ...changed })).status).toBe(400);
  });

  test.each(['', 'nonsense', '[]', '{"role":"organiser"}', 'null'])(
    'refuses the claims %j',
    async (claims) => {
      expect((await choose(claims)).status).toBe(400);
    },
  );

  test('is for programs and pages of this machine only', async () => {
    const answer = await authorize(asked, { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
  });

  test('a token is good for an hour also by a clock that was set forward', async () => {
    aheadMs = 30 * 24 * 60 * 60 * 1000;
    const { body } = await exchange(await codeFor(somebody));
    aheadMs = 0;
    const { exp = 0 } = decodeJwt(body.access_token ?? '');
    const hoursLeft = (exp * 1000 - Date.now()) / 3_600_000;
    expect(hoursLeft).toBeGreaterThan(30 * 24);
    expect(hoursLeft).toBeLessThan(30 * 24 + 1.1);
  });

  test('has nothing else', async () => {
    expect((await fetch(`${base}/oidc/userinfo`)).status).toBe(404);
    expect((await fetch(`${base}/oidc/token`)).status).toBe(404);
  });
});
