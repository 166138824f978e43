// An HTTP API of API Gateway: routes, JWT authorizer, CORS, and payload format 2.0 in both directions.
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type { Blueprint, RouteSpec } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import { BodyTooLargeError, type Handler, readBody, sendJson } from './http.ts';
import type { VerifyToken } from './issuer.ts';
import { compileRoutes, type Match } from './routes.ts';
import { createThrottle } from './throttle.ts';

const BODY_LIMIT = 10 * 1024 * 1024;
/** The most bytes of request line and header values together. */
const HEAD_LIMIT = 10_240;
const TEXTUAL = /^(text\/|application\/(json|xml|javascript)|[^;]*\+(json|xml))/;

/** The answers of API Gateway itself. HTTP APIs cannot change their wording. */
const refusals = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
} as const;

const refuse = (response: ServerResponse, status: keyof typeof refusals): void =>
  sendJson(response, status, { message: refusals[status] });

export const createGateway = (
  { routes, cors, apiId, account }: Blueprint,
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  verifierOf: (route: RouteSpec) => VerifyToken | undefined,
  clock: Pick<Clock, 'now'>,
): Handler => {
  const match = compileRoutes(routes);
  const takes = createThrottle(clock.now);

  const corsHeaders = ({ origin }: IncomingHttpHeaders): Record<string, string> => {
    if (!cors || !origin) return {};
    const anyOrigin = cors.AllowOrigins.includes('*') && !cors.AllowCredentials;
    if (!anyOrigin && !cors.AllowOrigins.includes(origin)) return {};
    return {
      'access-control-allow-origin': anyOrigin ? '*' : origin,
      ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
      ...(cors.ExposeHeaders.length > 0 && {
        'access-control-expose-headers': cors.ExposeHeaders.join(','),
      }),
      ...(!anyOrigin && { vary: 'origin' }),
    };
  };

  const preflight = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(204, {
      ...corsHeaders(request.headers),
      'access-control-allow-methods': cors?.AllowMethods.join(','),
      'access-control-allow-headers': cors?.AllowHeaders.join(','),
      ...(cors?.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
    });
    response.end();
  };

  return async (request, response) => {
    const { headers, method = 'GET' } = request;
    if (sizeOfHead(request) > HEAD_LIMIT) return refuse(response, 431);
    if (cors && method === 'OPTIONS' && headers.origin) return preflight(request, response);
    for (const [name, value] of Object.entries(corsHeaders(headers))) {
      response.setHeader(name, value);
    }
    const [rawPath = '/', rawQueryString = ''] = splitOnce(request.url ?? '/', '?');
    let found: Match<RouteSpec> | undefined;
    let query: Record<string, string> | undefined;
    try {
      found = match(method, rawPath);
      query = parseQuery(rawQueryString);
    } catch {
      return refuse(response, 400);
    }
    if (!found) return refuse(response, 404);
    if (!takes(found.route)) return refuse(response, 429);

    const verify = verifierOf(found.route);
    let claims: JWTPayload | undefined;
    if (verify) {
      try {
        claims = await verify(tokenOf(request));
      } catch (error) {
        // The reason may repeat what the token says, and a header takes printable ASCII only.
        const reason = (error as Error).message.replace(/[^ -~]|["\\]/g, "'").slice(0, 200);
        const challenge = headers.authorization
          ? `Bearer error="invalid_token", error_description="${reason}"`
          : 'Bearer';
        response.setHeader('www-authenticate', challenge);
        return refuse(response, 401);
      }
      const scopes = scopesOf(claims);
      const needed = found.route.scopes;
      if (needed.length > 0 && !needed.some((scope) => scopes.includes(scope))) {
        return refuse(response, 403);
      }
    }

    let body: Buffer;
    try {
      body = await readBody(request, BODY_LIMIT);
    } catch (error) {
      if (!(error instanceof BodyTooLargeError)) return;
      response.setHeader('connection', 'close');
      return refuse(response, 413);
    }
    const { route, pathParameters } = found;
    const now = clock.now();
    const hasParameters = Object.keys(pathParameters).length > 0;
    const event = {
      version: '2.0',
      routeKey: route.key,
      rawPath,
      rawQueryString,
      ...(headers.cookie && { cookies: headers.cookie.split(/; */) }),
      headers: plainHeaders(request),
      ...(query && { queryStringParameters: query }),
      requestContext: {
        accountId: account,
        apiId,
        ...(claims && { authorizer: { jwt: { claims: toStrings(claims), scopes: null } } }),
        domainName: headers.host ?? '127.0.0.1',
        domainPrefix: apiId,
        http: {
          method,
          path: rawPath,
          protocol: `HTTP/${request.httpVersion}`,
          sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
          userAgent: headers['user-agent'] ?? '',
        },
        requestId: randomUUID(),
        routeKey: route.key,
        stage: '$default',
        time: commonLogTime(now),
        timeEpoch: now,
      },
      ...(hasParameters && { pathParameters }),
      ...bodyOf(body, headers['content-type']),
    };
    try {
      respond(await invoke(route.functionName, event), response);
    } catch {
      // The function failed, reached its timeout, or returned an invalid answer.
      if (!response.headersSent) refuse(response, 500);
    }
  };
};

/** `12/Mar/2026:19:03:58 +0000` */
const commonLogTime = (now: number): string => {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};

const splitOnce = (text: string, separator: string): readonly [string, string] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** Decoded. The values of a repeated name are joined by commas. Throws for a malformed encoding. */
const parseQuery = (raw: string): Record<string, string> | undefined => {
  if (raw === '') return undefined;
  const query = new Map<string, string>();
  for (const part of raw.split('&').filter(Boolean)) {
    const [name, value] = splitOnce(part.replaceAll('+', ' '), '=').map(decodeURIComponent);
    const before = query.get(name ?? '');
    query.set(name ?? '', before === undefined ? (value ?? '') : `${before},${value}`);
  }
  return Object.fromEntries(query);
};

/**
 * The headers as sent, with equal names joined, and those with which the gateway says how it was reached.
 * Node's own `headers` drops a second `Authorization`.
 */
const plainHeaders = ({ headersDistinct, socket }: IncomingMessage): Record<string, string> => {
  const { cookie: _, ...headers } = headersDistinct;
  return {
    ...Object.fromEntries(
      Object.entries(headers).map(([name, values = []]) => [name, values.join(',')]),
    ),
    'x-forwarded-port': String(socket.localPort),
    'x-forwarded-proto': 'http',
  };
};

/** The token for the authorizer, with or without `Bearer ` before it. */
const tokenOf = ({ headersDistinct }: IncomingMessage): string =>
  /^(?:Bearer )?(\S+)$/i.exec(headersDistinct.authorization?.join(',') ?? '')?.[1] ?? '';

/** `scp`, a text or a list; without it, `scope`. */
const scopesOf = ({ scp, scope }: JWTPayload): readonly string[] =>
  [scp ?? scope ?? []].flat().flatMap((each) => String(each).split(' '));

const sizeOfHead = ({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number =>
  rawHeaders
    .filter((_, index) => index % 2 === 1)
    .reduce((size, value) => size + Buffer.byteLength(value, 'latin1'), 0) +
  `${method} ${url} HTTP/${httpVersion}`.length;

const bodyOf = (body: Buffer, contentType = 'text/plain'): object => {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = body.toString();
  // Bytes that are not valid text would not survive the round trip, whatever the content type says.
  const faithful = TEXTUAL.test(contentType) && Buffer.from(text).equals(body);
  return { body: faithful ? text : body.toString('base64'), isBase64Encoded: !faithful };
};

/** API Gateway passes every claim as text, a list as `[a b]`, and leaves out null claims. */
const toStrings = (claims: JWTPayload): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, claimText(value)]),
  );

const claimText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${name}:${claimText(inner)}`);
  return `map[${fields.join(' ')}]`;
};

interface StructuredAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const respond = (answer: unknown, response: ServerResponse): void => {
  const structured = typeof answer === 'object' && answer !== null && 'statusCode' in answer;
  const { statusCode, headers, cookies, body, isBase64Encoded } = structured
    ? (answer as StructuredAnswer)
    : { statusCode: 200, body: typeof answer === 'string' ? answer : JSON.stringify(answer) };
  response.setHeader('content-type', structured ? 'text/plain;charset=UTF-8' : 'application/json');
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, String(value));
  }
  if (cookies) response.setHeader('set-cookie', [...cookies]);
  response.writeHead(statusCode);
  response.end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'));
};
