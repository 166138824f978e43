import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

/** A request of a client. */
export interface Ask {
  /** The route key as in the contract, such as `POST /hours/{id}/verify`. */
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; text and bytes are sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Claims of the token, besides `iss` and `exp`; null sends no token. */
  readonly token?: Readonly<Record<string, unknown>> | null;
  /** The `Idempotency-Key`; null sends none. */
  readonly key?: string | null;
  /** Epoch milliseconds. */
  readonly at?: number;
}

export const requestId = 'request-1';
/** 2025-10-18 14:00 in Shanghai. */
export const noon = Date.UTC(2025, 9, 18, 6);
let keys = 0;

/** A compact token with these claims and no real signature, since the gateway checks signatures. */
export const compactToken = (claims: object): string =>
  [{ alg: 'RS256', kid: 'test' }, claims, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');

/** A claim as the gateway passes it: printed in Go's format. */
const claimText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${name}:${claimText(inner)}`);
  return `map[${fields.join(' ')}]`;
};

/** The claims as API Gateway's authorizer passes them: as texts, without null claims. */
export const gatewayClaims = (claims: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(claims)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, claimText(value)]),
  );

/** The event that API Gateway (HTTP API, payload 2.0) creates for a request. */
export const httpEvent = (ask: Ask): Event => {
  const { route, params = {}, query, body, headers = {}, token = null, key, at = noon } = ask;
  const claims = token && { iss: 'https://id.example.org/district', exp: 4_102_444_800, ...token };
  const [method = '', template = ''] = route.split(' ');
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const isFile = body instanceof Uint8Array;
  const raw = isFile
    ? Buffer.from(body).toString('base64')
    : typeof body === 'string' || body === undefined
      ? body
      : JSON.stringify(body);
  keys += 1;
  const given = key === undefined && method === 'POST' ? `key-${keys}` : key;
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: new URLSearchParams({ ...query }).toString(),
    headers: {
      ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...(given ? { 'idempotency-key': given } : {}),
      ...(claims ? { authorization: `Bearer ${compactToken(claims)}` } : {}),
      ...headers,
    },
    ...(query ? { queryStringParameters: query } : {}),
    ...(Object.keys(params).length > 0 ? { pathParameters: params } : {}),
    ...(raw === undefined ? {} : { body: raw }),
    isBase64Encoded: isFile,
    requestContext: {
      requestId,
      timeEpoch: at,
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
      ...(claims
        ? {
            authorizer: {
              principalId: '',
              integrationLatency: 0,
              jwt: { claims: gatewayClaims(claims), scopes: null },
            },
          }
        : {}),
    },
  } as unknown as Event;
};

export type Handler = (
  event: Event,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered
  readonly body: any;
}

/** Invokes a slice's HTTP function, as the gateway would. */
export const ask = async (handler: unknown, request: Ask): Promise<Answer> => {
  const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
  const { statusCode, headers, body } = await (handler as Handler)(httpEvent(request), context);
  const shown = /json/.test(String(headers?.['content-type'])) ? JSON.parse(body ?? 'null') : body;
  return { status: statusCode ?? 0, headers: headers ?? {}, body: shown };
};
