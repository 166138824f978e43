// The code flow of OpenID Connect with PKCE, as a public client: nothing secret is kept.
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { type Claims, claimsIn } from '../http/access-token.ts';
import { onceFound } from '../runtime/once.ts';
import type { SignIn } from '../runtime/settings.ts';

/** What has to be remembered between leaving for the provider and coming back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** API Gateway's authorizer accepts no others. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/** The settings allow http for an issuer on this machine only. */
const overHttp = (issuer: string) => ({
  [oauth.allowInsecureRequests]: new URL(issuer).protocol === 'http:',
});

/** The provider's own description, and its keys, found once for each container. */
const provider = onceFound(async (issuer: string) => {
  const url = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(
    url,
    await oauth.discoveryRequest(url, overHttp(issuer)),
  );
  if (!server.authorization_endpoint || !server.jwks_uri)
    throw new TypeError('the provider has no authorization endpoint or no keys');
  return {
    server,
    authorizationEndpoint: server.authorization_endpoint,
    keys: createRemoteJWKSet(new URL(server.jwks_uri)),
  };
});

/** The address at the provider where a person signs in, and what to remember until they come back. */
export const beginSignIn = async (
  { issuer, clientId, scope, parameters }: SignIn,
  redirectUri: string,
): Promise<{ readonly location: string; readonly attempt: Attempt }> => {
  const { authorizationEndpoint } = await provider(issuer);
  const attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const location = new URL(authorizationEndpoint);
  const query = {
    ...parameters,
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value);
  return { location: location.href, attempt };
};

/**
 * Exchanges the code of an answer for an access token, and checks the token as API Gateway does: signature by a
 * named RSA key, issuer, audience, expiry.
 * @throws Error of the library, or of `jose`, when anything is not as it must be
 */
export const finishSignIn = async (
  { issuer, audience, clientId, parameters }: SignIn,
  redirectUri: string,
  answer: URLSearchParams,
  { state, nonce, verifier }: Attempt,
): Promise<Claims> => {
  const { server, keys } = await provider(issuer);
  const client = { client_id: clientId };
  const checked = oauth.validateAuthResponse(server, client, answer, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    checked,
    redirectUri,
    verifier,
    { ...overHttp(issuer), additionalParameters: parameters },
  );
  const { access_token: token } = await oauth.processAuthorizationCodeResponse(
    server,
    client,
    response,
    { expectedNonce: nonce, requireIdToken: true },
  );
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    algorithms,
    requiredClaims: ['exp', 'sub'],
  });
  if (!protectedHeader.kid) throw new TypeError('the token names no key');
  // Like API Gateway, looks at client_id only where there is no aud.
  const meant = [payload.aud ?? payload.client_id].flat();
  if (!audience.some((one) => meant.includes(one)))
    throw new TypeError('the token is for another audience');
  return claimsIn(token);
};
