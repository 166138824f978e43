import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type LoopbackServer, listen, sendJson } from '../../../../infra/local/edge/http.ts';
import { createVerifier, type Issuer, openIssuer } from '../../../../infra/local/edge/issuer.ts';
import { temporaryFolder } from '../fixture-app.ts';

const spec = { issuer: 'http://127.0.0.1:7080/oidc', audience: ['leifeng', 'leifeng-admin'] };
const folder = temporaryFolder();
let issuer: Issuer;
beforeAll(async () => {
  issuer = await openIssuer(folder.path, spec);
});
afterAll(() => folder.remove());

const verify = (token: string) => createVerifier(spec, issuer)(token);

test('accepts a token that it minted', async () => {
  const token = await issuer.mint({ sub: 'volunteer-1', role: 'organiser' });
  expect(await verify(token)).toMatchObject({
    sub: 'volunteer-1',
    role: 'organiser',
    iss: spec.issuer,
    aud: 'leifeng',
  });
});

test('accepts it also after a restart', async () => {
  const token = await issuer.mint({ sub: 'x' });
  const again = await openIssuer(folder.path, spec);
  expect(await createVerifier(spec, again)(token)).toMatchObject({ sub: 'x' });
});

test.each<[string, () => Promise<string>, RegExp]>([
  ['an expired one', () => issuer.mint({}, -1), /exp/],
  ['another audience', () => issuer.mint({ aud: 'someone' }), /aud/],
  ['another issuer', () => issuer.mint({ iss: 'http://127.0.0.1:9/oidc' }), /iss/],
  ['one that is not valid yet', () => issuer.mint({ nbf: Date.now() / 1000 + 600 }), /nbf/],
  ['one issued in the future', () => issuer.mint({ iat: Date.now() / 1000 + 600 }), /iat/],
  ['one without an expiry', () => issuer.mint({ exp: undefined as never }), /exp/],
  ['client_id when aud is there', () => issuer.mint({ aud: 'x', client_id: 'leifeng' }), /aud/],
  ['no signature', async () => unsigned(), /alg/i],
  ['the public key used as a shared secret', () => confused(), /alg/i],
  ["a stranger's key", () => forged(), /signature|key/i],
  ['no token at all', async () => '', /Invalid|Compact/],
])('refuses %s', async (_, token, reason) => {
  await expect(verify(await token())).rejects.toThrow(reason);
});

test('refuses a token whose payload was changed', async () => {
  const [header, , signature] = (await issuer.mint({ sub: 'me' })).split('.');
  const claims = { iss: spec.issuer, aud: 'leifeng', exp: 9999999999, sub: 'somebody else' };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  await expect(verify(`${header}.${payload}.${signature}`)).rejects.toThrow(/signature/);
});

test('looks at client_id when aud is absent', async () => {
  const token = await issuer.mint({ aud: undefined as never, client_id: 'leifeng-admin' });
  expect(await verify(token)).toMatchObject({ client_id: 'leifeng-admin' });
});

test('finds the keys of another issuer by its discovery document', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
  let url = '';
  const server: LoopbackServer = await listen(0, async (request, response) => {
    const discovery = request.url === '/tenant/.well-known/openid-configuration';
    sendJson(response, 200, discovery ? { jwks_uri: `${url}/keys` } : { keys: [jwk] });
  });
  url = `http://127.0.0.1:${server.port}/tenant`;
  const remote = createVerifier({ issuer: url, audience: ['a'] }, issuer);
  const token = await new SignJWT({ sub: 'far' })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(url)
    .setAudience('a')
    .setExpirationTime('1m')
    .sign(privateKey);
  expect(await remote(token)).toMatchObject({ sub: 'far' });
  await expect(remote(await issuer.mint({ iss: url, aud: 'a' }))).rejects.toThrow(/key/);
  await server.stop();
});

const unsigned = (): string =>
  new UnsecuredJWT({ iss: spec.issuer, aud: 'leifeng', exp: 9999999999 }).encode();

const confused = (): Promise<string> =>
  new SignJWT({ iss: spec.issuer, aud: 'leifeng', exp: 9999999999 })
    .setProtectedHeader({ alg: 'HS256', kid: String(issuer.jwks.keys[0]?.kid) })
    .sign(new TextEncoder().encode(JSON.stringify(issuer.jwks.keys[0])));

const forged = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT({ iss: spec.issuer, aud: 'leifeng', exp: 9999999999 })
    .setProtectedHeader({ alg: 'RS256', kid: String(issuer.jwks.keys[0]?.kid) })
    .sign(privateKey);
};
