// OpenID Connect on loopback: signs access tokens for local use, and checks tokens of this or another
// issuer as API Gateway's JWT authorizer does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { AuthorizerSpec } from '../assembly/blueprint.ts';

export interface Issuer {
  /** The public keys. */
  readonly jwks: JSONWebKeySet;
  /** Signs an access token, valid for `expiresIn` seconds (default: an hour; negative: already expired). */
  mint(claims: JWTPayload, expiresIn?: number): Promise<string>;
}

const ALGORITHM = 'RS256';
/** API Gateway accepts RSA keys only. */
const ACCEPTED = ['RS256', 'RS384', 'RS512'];

/** Keeps the key in the data folder, so that tokens stay valid after a restart of the host. */
export const openIssuer = async (dataDir: string, spec: AuthorizerSpec): Promise<Issuer> => {
  const file = join(dataDir, 'issuer-key.json');
  const jwk = readKey(file) ?? (await writeKey(file));
  const privateKey = (await importJWK(jwk, ALGORITHM)) as CryptoKey;
  const { kty, n, e, kid } = jwk;
  return {
    jwks: { keys: [{ kty, n, e, kid, alg: ALGORITHM, use: 'sig' } as JSONWebKeySet['keys'][0]] },
    mint: (claims, expiresIn = 3600) => {
      const now = Math.floor(Date.now() / 1000);
      const issuedAt = Math.min(now, now + expiresIn - 1);
      return new SignJWT({
        iss: spec.issuer,
        aud: spec.audience[0],
        iat: issuedAt,
        exp: now + expiresIn,
        ...claims,
      } as JWTPayload)
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: kid ?? '' })
        .sign(privateKey);
    },
  };
};

const readKey = (file: string): JSONWebKeySet['keys'][0] | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const writeKey = async (file: string): Promise<JSONWebKeySet['keys'][0]> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: `local-${Date.now()}` };
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk as JSONWebKeySet['keys'][0];
};

/** An issuer on loopback under /oidc is this host's own, on any port. */
export const isOwnIssuer = (issuer: string): boolean => {
  const { hostname, pathname } = new URL(issuer);
  return ['127.0.0.1', 'localhost'].includes(hostname) && pathname === '/oidc';
};

/** The claims of a valid token. Throws with the reason if the token is invalid. */
export type VerifyToken = (token: string) => Promise<JWTPayload>;

export const createVerifier = (
  { issuer, audience }: AuthorizerSpec,
  own: Issuer | undefined,
): VerifyToken => {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    if (own && isOwnIssuer(issuer)) return createLocalJWKSet(own.jwks);
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const { jwks_uri } = (await answer.json()) as { jwks_uri: string };
    return createRemoteJWKSet(new URL(jwks_uri));
  };
  return async (token) => {
    keys ??= discover();
    const getKey = await keys.catch((error) => {
      keys = undefined;
      throw error;
    });
    // By the real clock, even if the host's clock is set, because a token is a real credential.
    const options = { issuer, algorithms: ACCEPTED, requiredClaims: ['exp'] };
    const { payload, protectedHeader } = await jwtVerify(token, getKey, options);
    if (!protectedHeader.kid) throw new Error('the token has no "kid"');
    // Like API Gateway, checks client_id only if aud is absent.
    const meant = [payload.aud ?? payload.client_id].flat();
    if (!audience.some((one) => meant.includes(one))) throw new Error('unexpected "aud" claim');
    if (Number(payload.iat ?? 0) > Date.now() / 1000) throw new Error('"iat" is in the future');
    return payload;
  };
};
