// OpenID Connect for browsers on this machine: discovery, and the code flow with PKCE for any public client.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { AuthorizerSpec } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import { authorizationPage, type Person } from './authorization-page.ts';
import { forPrograms, type Handler, readBody, sendJson } from './http.ts';
import type { Issuer } from './issuer.ts';

const BODY_LIMIT = 16 * 1024;
const CODE_MS = 60_000;
const TOKEN_SECONDS = 3600;

/** What a code was given for. It is good once, and only with the same client, address and verifier. */
interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly until: number;
}

export interface ProviderOptions {
  readonly issuer: Issuer;
  readonly spec: AuthorizerSpec;
  readonly dataDir: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** The persons of `persons.json` in the data folder; none without the file. */
const personsIn = (dataDir: string): readonly Person[] => {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'persons.json'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Whether a client may get its answer at an address: only on this machine. */
const isHere = (redirectUri: string): boolean => {
  const url = URL.parse(redirectUri);
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
};

/** Why the local issuer does not take a request for a code; undefined when it does. */
const faultOf = (query: URLSearchParams): string | undefined => {
  if (query.get('response_type') !== 'code') return 'response_type must be code';
  if (!query.get('client_id')) return 'client_id is missing';
  if (!isHere(query.get('redirect_uri') ?? '')) return 'redirect_uri must be on this machine';
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
    return 'PKCE with S256 is required';
  return undefined;
};

const claimsIn = (text: string | null): Grant['claims'] | undefined => {
  try {
    const claims = JSON.parse(text ?? '');
    return typeof claims?.sub === 'string' ? claims : undefined;
  } catch {
    return undefined;
  }
};

const hashed = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** Answers everything under /oidc/. */
export const createProvider = ({ issuer, spec, dataDir, clock }: ProviderOptions): Handler => {
  const codes = new Map<string, Grant>();

  const discovery = {
    issuer: spec.issuer,
    jwks_uri: `${spec.issuer}/jwks.json`,
    authorization_endpoint: `${spec.issuer}/authorize`,
    token_endpoint: `${spec.issuer}/token`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid'],
  };

  /** The page, and the code for whom it chose. */
  const authorize: Handler = forPrograms(async (request, response) => {
    const [, search = ''] = (request.url ?? '').split('?');
    const query = new URLSearchParams(search);
    const fault = faultOf(query);
    if (fault) return sendJson(response, 400, { error: 'invalid_request', fault });
    if (request.method !== 'POST') {
      const { headers, text } = authorizationPage(query.toString(), personsIn(dataDir));
      response.writeHead(200, headers).end(text);
      return;
    }
    const form = new URLSearchParams((await readBody(request, BODY_LIMIT)).toString());
    const claims = claimsIn(form.get('claims'));
    if (!claims) return sendJson(response, 400, { error: 'the claims are no JSON with a sub' });
    const code = randomBytes(32).toString('base64url');
    codes.set(code, {
      clientId: query.get('client_id') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce'),
      claims,
      until: Date.now() + CODE_MS,
    });
    const location = new URL(query.get('redirect_uri') ?? '');
    location.searchParams.set('code', code);
    location.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(303, { location: location.href, 'cache-control': 'no-store' }).end();
  });

  const refuse = (response: ServerResponse, error: string): void =>
    sendJson(response, 400, { error });

  /** The tokens for a code. */
  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams((await readBody(request, BODY_LIMIT)).toString());
    if (form.get('grant_type') !== 'authorization_code')
      return refuse(response, 'unsupported_grant_type');
    const code = form.get('code') ?? '';
    const grant = codes.get(code);
    codes.delete(code);
    const isGood =
      grant !== undefined &&
      grant.until > Date.now() &&
      grant.clientId === form.get('client_id') &&
      grant.redirectUri === form.get('redirect_uri') &&
      grant.challenge === hashed(form.get('code_verifier') ?? '');
    if (!isGood) return refuse(response, 'invalid_grant');
    // Good for an hour by the clock of this machine and by the one that was set, whichever is later.
    const ahead = Math.max(0, Math.ceil((clock.now() - Date.now()) / 1000));
    const seconds = ahead + TOKEN_SECONDS;
    response.setHeader('cache-control', 'no-store');
    sendJson(response, 200, {
      access_token: await issuer.mint(grant.claims, seconds),
      id_token: await issuer.mint(
        { sub: String(grant.claims.sub), aud: grant.clientId, nonce: grant.nonce ?? undefined },
        seconds,
      ),
      token_type: 'Bearer',
      expires_in: seconds,
    });
  };

  return async (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    switch (`${request.method} ${path}`) {
      case 'GET /oidc/.well-known/openid-configuration':
        return sendJson(response, 200, discovery);
      case 'GET /oidc/jwks.json':
        return sendJson(response, 200, issuer.jwks);
      case 'GET /oidc/authorize':
      case 'POST /oidc/authorize':
        return authorize(request, response);
      case 'POST /oidc/token':
        return token(request, response);
      default:
        return sendJson(response, 404, { message: 'Not Found' });
    }
  };
};
