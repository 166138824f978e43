import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

/** A request as somebody would make it. */
export interface Ask {
  /** `POST /hours/{id}/verify`, as the contract writes it. */
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is text or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Claims of the token; null sends none. */
  readonly token?: Readonly<Record<string, string>> | null;
  /** `Idempotency-Key`; null sends none. */
  readonly key?: string | null;
  /** Epoch milliseconds. */
  readonly at?: number;
}

export const requestId = 'request-1';
/** 2025-10-18 14:00 in Shanghai. */
export const noon = Date.UTC(2025, 9, 18, 6);
let keys = 0;

/** The event that API Gateway (HTTP API, payload 2.0) makes of a request. */
export const httpEvent = (ask: Ask): Event => {
  const { route, params = {}, query, body, headers = {}, token = null, key, at = noon } = ask;
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
      ...(token
        ? {
            authorizer: {
              principalId: '',
              integrationLatency: 0,
              jwt: { claims: token, scopes: [] },
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

/** Asks a slice's HTTP function, as the gateway would. */
export const ask = async (handler: unknown, request: Ask): Promise<Answer> => {
  const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
  const { statusCode, headers, body } = await (handler as Handler)(httpEvent(request), context);
  const shown = /json/.test(String(headers?.['content-type'])) ? JSON.parse(body ?? 'null') : body;
  return { status: statusCode ?? 0, headers: headers ?? {}, body: shown };
};
