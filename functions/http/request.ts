import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import english from 'zod/v4/locales/en.js';
import chinese from 'zod/v4/locales/zh-CN.js';
import type { Actor } from '../ledger/actor.ts';
import type { Pointer } from '../refusals/decision.ts';
import { type FieldError, localeFor, Problem } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { digest, fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { claimsOf } from './access-token.ts';
import { type FileBody, isCommand, type Route } from './contract.ts';
import { actorOf } from './identity.ts';
import { nobodysNumber, numbersIn, unfitIn, unfitText } from './official-text.ts';

/** What API Gateway calls a function with. */
export type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

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
export const correlationIdOf = (event: Event): string => {
  const given = event.headers['x-correlation-id'];
  return given && /^[\w-]{1,64}$/.test(given) && numbersIn(given).length === 0
    ? given
    : event.requestContext.requestId;
};

export const localeOf = (event: Event): Locale =>
  localeFor(event.headers['accept-language'], settings().locale);

/**
 * What an event asks of a route, checked.
 * @throws Problem that says what is wrong, and where
 */
export const requestOf = (event: Event, route: Route): Request<Route> => {
  const locale = localeOf(event);
  // Public routes have no authorizer, so nothing there is checked, and nothing there is used.
  const actor = route.access === 'token' ? actorOf(claimsOf(event), settings()) : undefined;
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
