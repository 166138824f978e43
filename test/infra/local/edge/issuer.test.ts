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

/** Another issuer, with one key, whose tokens are signed by `alg` and name their key as `kid`. */
const anotherIssuer = async (alg: string, kid: string | undefined = 'one') => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg };
  let url = '';
  const server: LoopbackServer = await listen(0, async (request, response) => {
    const discovery = request.url === '/tenant/.well-known/openid-configuration';
    sendJson(response, 200, discovery ? { jwks_uri: `${url}/keys` } : { keys: [jwk] });
  });
  url = `http://127.0.0.1:${server.port}/tenant`;
  const token = await new SignJWT({ sub: 'far' })
    .setProtectedHeader({ alg, ...(kid ? { kid } : {}) })
    .setIssuer(url)
    .setAudience('a')
    .setExpirationTime('1m')
    .sign(privateKey);
  const verifyHere = createVerifier({ issuer: url, audience: ['a'] }, issuer);
  return { url, token, verify: verifyHere, stop: () => server.stop() };
};

test.each(['RS256', 'RS384', 'RS512'])('finds an %s key of another issuer', async (alg) => {
  const another = await anotherIssuer(alg);
  expect(await another.verify(another.token)).toMatchObject({ sub: 'far' });
  const own = await issuer.mint({ iss: another.url, aud: 'a' });
  await expect(another.verify(own)).rejects.toThrow(/key/);
  await another.stop();
});

test.each(['ES256', 'ES384', 'PS256', 'EdDSA'])(
  'refuses an %s key, as the gateway does',
  async (alg) => {
    const another = await anotherIssuer(alg);
    await expect(another.verify(another.token)).rejects.toThrow(/alg/i);
    await another.stop();
  },
);

test('refuses a token that does not name its key', async () => {
  const another = await anotherIssuer('RS256', '');
  await expect(another.verify(another.token)).rejects.toThrow(/kid/);
  await another.stop();
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
