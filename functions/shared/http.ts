import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import type * as z from 'zod';
import english from 'zod/v4/locales/en.js';
import chinese from 'zod/v4/locales/zh-CN.js';
import { type Actor, actorOf } from './actor.ts';
import { type Contract, type FileBody, isCommand, type MediaType, type Route } from './contract.ts';
import { type Pointer, Rejection, Rejections } from './decision.ts';
import { digest, fingerprint } from './ids.ts';
import { nobodysNumber, numbersIn, unfitIn, unfitText } from './official-text.ts';
import {
  type FieldError,
  type Locale,
  localeFor,
  Problem,
  preferences,
  problemBody,
  problemOf,
  problemTypes,
} from './problem.ts';
import { settings } from './settings.ts';
import { logger } from './telemetry.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

/** A request that has passed the edge: every part checked and typed. */
export interface Request<R extends Route> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly actor: R['access'] extends 'token' ? Actor : Actor | undefined;
  /** When the gateway took the request, in epoch milliseconds. The only clock there is. */
  readonly at: number;
  readonly correlationId: string;
  /** `Idempotency-Key`, always there on POST, and what tells one body from another. */
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined;
  /** The version `If-Match` names. */
  readonly ifMatch: number | undefined;
}

/** What a use case answers; `version` becomes the `ETag` of a versioned route. */
export interface Answer<R extends Route> {
  readonly body: z.input<R['answer']>;
  readonly version?: number;
  /** The route's `otherStatus`, where it is not its `status`. */
  readonly status?: R['otherStatus'];
}

export type UseCase<R extends Route> = (request: Request<R>) => Promise<Answer<R>>;
export type UseCases<C extends Contract> = { readonly [K in keyof C]: UseCase<C[K]> };

/** An answer in another form than JSON, with the headers that are its own. */
export interface Representation {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes what a contract's answer shows into another form. Pure. */
export type Render<R extends Route = Route> = (
  answer: z.output<R['answer']>,
  locale: Locale,
) => Representation;

/** The forms beside JSON, by route and media type; each that a contract offers has to be there. */
export type Renders<C extends Contract> = {
  readonly [K in keyof C]?: Readonly<Partial<Record<MediaType, Render<C[K]>>>>;
};

const maxBodyBytes = 256 * 1024;
const errorMaps = { 'zh-CN': chinese().localeError, en: english().localeError };

const pointerOf = (path: readonly PropertyKey[]): Pointer | '#' =>
  path.length === 0
    ? '#'
    : `#/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

/** Our own messages are written `中文 / English`. */
const textIn = (message: string, locale: Locale): string =>
  /^(.+) \/ (.+)$/.exec(message)?.[locale === 'zh-CN' ? 1 : 2] ?? message;

/** zod's messages come in the language asked for. */
const inLocale = (issue: z.core.$ZodIssue, locale: Locale): string =>
  issue.code === 'unrecognized_keys' ? issue.message : textIn(issue.message, locale);

const fieldErrors = (
  error: z.core.$ZodError,
  where: 'body' | 'path' | 'query',
  locale: Locale,
): readonly FieldError[] =>
  error.issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path];
    return paths.map((path) => ({
      ...(where === 'body'
        ? { pointer: pointerOf(path) }
        : { in: where, name: path.map(String).join('.') }),
      code: issue.code === 'unrecognized_keys' ? 'unknown_field' : issue.code,
      detail: inLocale(issue, locale),
    }));
  });

const parsed = <S extends z.ZodType>(
  schema: S,
  input: unknown,
  where: 'body' | 'path' | 'query',
  locale: Locale,
): z.output<S> => {
  const result = schema.safeParse(input, { error: errorMaps[locale] });
  if (!result.success)
    throw new Problem('invalid-request', {}, fieldErrors(result.error, where, locale));
  return result.data;
};

/** @throws Problem `invalid-request` that names the places, if there are any */
const refuseTexts = (
  found: readonly (readonly PropertyKey[])[],
  where: 'body' | 'path' | 'query',
  code: string,
  detail: string,
): void => {
  if (found.length === 0) return;
  throw new Problem(
    'invalid-request',
    {},
    found.map((path) => ({
      ...(where === 'body' ? { pointer: pointerOf(path) } : { in: where, name: path.join('.') }),
      code,
      detail,
    })),
  );
};

/** @throws Problem `invalid-request` where a number stands that no command may keep */
const refuseNumbers = (
  input: unknown,
  where: 'body' | 'path' | 'query',
  personal: readonly string[],
  locale: Locale,
): void =>
  refuseTexts(
    numbersIn(input).filter(([field]) => !personal.includes(String(field))),
    where,
    'personal_data',
    textIn(nobodysNumber, locale),
  );

/** @throws Problem `invalid-request` where a text stands that cannot be kept as it is */
const refuseUnfit = (body: unknown, locale: Locale): void =>
  refuseTexts(unfitIn(body), 'body', 'invalid_text', textIn(unfitText, locale));

const rawBodyOf = (event: Event, file: FileBody | undefined): Buffer => {
  const raw = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const maxBytes = file?.maxBytes ?? maxBodyBytes;
  if (raw.length > maxBytes) throw new Problem('body-too-large', { kilobytes: maxBytes / 1024 });
  return raw;
};

const fileOf = (raw: Buffer, contentType: string | undefined, { mediaTypes }: FileBody): Buffer => {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === undefined || !mediaTypes.includes(mediaType))
    throw new Problem('unsupported-media-type', { mediaTypes: mediaTypes.join(', ') });
  return raw;
};

/** JSON with its letters as they are, also those that were written as an escape. */
const unescaped = (raw: string): string =>
  raw.replace(/\\u00([567][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

const jsonOf = (raw: string, contentType: string | undefined): unknown => {
  if (raw === '') return {};
  if (!/^application\/(json|merge-patch\+json)\s*(;|$)/i.test(contentType ?? ''))
    throw new Problem('unsupported-media-type', { mediaTypes: 'application/json' });
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    throw new Problem('malformed-json');
  }
  // A record's schema skips this one key; here no unknown field is dropped in silence.
  if (unescaped(raw).includes('"__proto__"'))
    throw new Problem('invalid-request', {}, [
      { pointer: '#', code: 'unknown_field', detail: '__proto__' },
    ]);
  return json;
};

const headerError = (name: string, detail: Readonly<Record<Locale, string>>, locale: Locale) =>
  new Problem('invalid-request', {}, [
    { in: 'header', name, code: 'invalid_format', detail: detail[locale] },
  ]);

const ifMatchOf = (header: string | undefined, locale: Locale): number | undefined => {
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw headerError(
      'If-Match',
      { 'zh-CN': '格式应为 "版本号"，如 "3"', en: 'must be a quoted version, as "3"' },
      locale,
    );
  return Number(version);
};

const idempotencyOf = (
  event: Event,
  route: Route,
  actor: Actor | undefined,
  { body, query }: { readonly body: Uint8Array; readonly query: unknown },
): Request<Route>['idempotency'] => {
  const key = event.headers['idempotency-key'];
  if (key === undefined || !/^[\x21-\x7e]{1,128}$/.test(key)) {
    if (key !== undefined || route.key.startsWith('POST '))
      throw new Problem('idempotency-key-required');
    return undefined;
  }
  // What a query says is part of what is asked for; most commands take none.
  const asked = Object.keys(Object(query)).length > 0 ? [JSON.stringify(query)] : [];
  return {
    key: fingerprint(actor?.id ?? '', event.requestContext.http.method, event.rawPath, key),
    // Bound to the client's own key, which is kept nowhere: nobody finds a short body, as a phone
    // number that was corrected, by trying them all.
    hash: fingerprint(key, digest(body), ...asked),
  };
};

/** It goes into events and logs, so it is taken only when it is not somebody's number. */
const correlationIdOf = (event: Event): string => {
  const given = event.headers['x-correlation-id'];
  return given && /^[\w-]{1,64}$/.test(given) && numbersIn(given).length === 0
    ? given
    : event.requestContext.requestId;
};

const localeOf = (event: Event): Locale =>
  localeFor(event.headers['accept-language'], settings().locale);

const requestOf = (event: Event, route: Route): Request<Route> => {
  const locale = localeOf(event);
  // Public routes have no authorizer, so nothing there is checked, and nothing there is used.
  const claims = route.access === 'token' ? event.requestContext.authorizer?.jwt?.claims : {};
  const actor = actorOf(claims ?? {}, settings());
  if (route.access === 'token' && !actor) throw new Problem('unauthorized');
  const bytes = rawBodyOf(event, route.file);
  const contentType = event.headers['content-type'];
  const params = parsed(route.params, event.pathParameters ?? {}, 'path', locale);
  const query = parsed(route.query, event.queryStringParameters ?? {}, 'query', locale);
  const body = route.file
    ? fileOf(bytes, contentType, route.file)
    : parsed(route.body, jsonOf(bytes.toString('utf8'), contentType), 'body', locale);
  if (isCommand(route)) {
    refuseNumbers(params, 'path', [], locale);
    refuseNumbers(query, 'query', [], locale);
    if (!route.file) {
      refuseUnfit(body, locale);
      refuseNumbers(body, 'body', route.personal, locale);
    }
  }
  return {
    params,
    query,
    body,
    actor: actor as Actor,
    at: event.requestContext.timeEpoch,
    correlationId: correlationIdOf(event),
    idempotency: isCommand(route)
      ? idempotencyOf(event, route, actor, { body: bytes, query })
      : undefined,
    ifMatch: isCommand(route) ? ifMatchOf(event.headers['if-match'], locale) : undefined,
  };
};

const json = 'application/json';

/** The form that `Accept` prefers among those a route has; JSON when it prefers none of them. */
export const mediaTypeFor = (
  accept: string | undefined,
  also: readonly MediaType[],
): MediaType | typeof json =>
  preferences(accept)
    .map((wanted) => (['*/*', 'application/*'].includes(wanted) ? json : wanted))
    .find((wanted): wanted is MediaType | typeof json =>
      ([json, ...also] as readonly string[]).includes(wanted),
    ) ?? json;

const resultOf = (
  event: Event,
  { route, renders }: Served,
  { body, version, status }: Answer<Route>,
): Result => {
  const mediaType = mediaTypeFor(event.headers.accept, route.also);
  const locale = localeOf(event);
  // What the contract does not show does not go out, whatever the state behind it holds.
  const shown = route.answer.parse(body);
  const other = mediaType === json ? undefined : renders[mediaType]?.(shown, locale);
  return {
    statusCode: status ?? route.status,
    headers: {
      'content-type': `${mediaType}; charset=utf-8`,
      'cache-control': route.access === 'public' ? 'no-cache' : 'no-store',
      ...(route.versioned && version !== undefined ? { etag: `"${version}"` } : {}),
      ...(route.also.length > 0 ? { vary: 'Accept, Accept-Language' } : {}),
      ...(other ? { 'content-language': locale, ...other.headers } : {}),
    },
    body: other ? other.text : JSON.stringify(shown),
  };
};

/** What DynamoDB says when it is busy: worth a retry by the client, not an alarm. */
const busy = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
]);

const asProblem = (error: unknown, locale: Locale): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection) return problemOf([error], locale);
  if (error instanceof Rejections) return problemOf(error.all, locale);
  const name = error instanceof Error ? error.name : 'unknown';
  return new Problem(busy.has(name) ? 'unavailable' : 'internal');
};

/**
 * Turns whatever was thrown into problem+json, in the reader's language, and logs it. What went
 * well has its line in the gateway's access log, and its correlation id in the event.
 */
const problems = (): middy.MiddlewareObj<Event, Result> => ({
  onError: (request) => {
    const locale = localeOf(request.event);
    const problem = asProblem(request.error, locale);
    const { status } = problemTypes[problem.code];
    const correlationId = correlationIdOf(request.event);
    const what = { route: request.event.routeKey, status, problem: problem.code, correlationId };
    if (problem.code === 'internal')
      logger.error('failed', { ...what, error: request.error as Error });
    else logger.info('refused', what);
    request.response = {
      statusCode: status,
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'content-language': locale,
        'cache-control': 'no-store',
        ...(status === 503 ? { 'retry-after': '1' } : {}),
      },
      body: JSON.stringify(problemBody(problem, locale, correlationId)),
    };
  },
});

/**
 * API Gateway writes the names of headers in small letters, and there always are some; other hosts
 * that call a function as it does do not all keep to that.
 */
const plainHeaders = (): middy.MiddlewareObj<Event, Result> => ({
  before: ({ event }) => {
    event.headers = Object.fromEntries(
      Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
  },
});

/** The headers every answer has, the request's correlation id among them. */
const commonHeaders = (): middy.MiddlewareObj<Event, Result> => {
  const finish = ({ event, response }: middy.Request<Event, Result>) => {
    if (!response) return;
    response.headers = {
      ...response.headers,
      'x-correlation-id': correlationIdOf(event),
      'x-content-type-options': 'nosniff',
    };
  };
  return { after: finish, onError: finish };
};

/** A route with what answers it. */
interface Served {
  readonly route: Route;
  readonly useCase: UseCase<Route>;
  readonly renders: Readonly<Partial<Record<MediaType, Render>>>;
}

const servedOf = <C extends Contract>(
  contract: C,
  useCases: UseCases<C>,
  renders: Renders<C>,
): ReadonlyMap<string, Served> =>
  new Map(
    Object.entries(contract).map(([name, route]) => {
      const own = (renders[name] ?? {}) as Served['renders'];
      if (route.also.some((mediaType) => !own[mediaType]))
        throw new Error(`${route.key} is not rendered in every form it offers`);
      return [
        route.key,
        { route, useCase: useCases[name] as unknown as UseCase<Route>, renders: own },
      ];
    }),
  );

/**
 * The HTTP function of a slice: each route of its contract, answered by the use case of that name.
 * @throws Error when a form that a route offers is not among the renders
 */
export const serve = <C extends Contract>(
  contract: C,
  useCases: UseCases<C>,
  renders: Renders<C> = {},
) => {
  const routes = servedOf(contract, useCases, renders);
  // middy runs onError in the reverse order of use: the problem is made first.
  return middy<Event, Result>()
    .use(plainHeaders())
    .use(commonHeaders())
    .use(problems())
    .handler(async (event) => {
      const found = routes.get(event.routeKey);
      if (!found) throw new Problem('not-found', { what: 'route', id: event.routeKey });
      const request = requestOf(event, found.route);
      return resultOf(event, found, await found.useCase(request));
    });
};
