import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import type { Actor } from '../ledger/actor.ts';
import { localeFor, Problem } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { digest, fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { claimsOf } from './access-token.ts';
import { type FileBody, idempotencyKey, isCommand, type Route } from './contract.ts';
import { parsed, refuseFields, refuseNumbers, refuseQuery, refuseUnfit } from './field-errors.ts';
import { jsonWords } from './field-words.ts';
import { actorOf } from './identity.ts';
import { readJson, UnfitJson } from './read-json.ts';

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

const rawBodyOf = (event: Event, file: FileBody | undefined): Buffer => {
  const { body = '', isBase64Encoded } = event;
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  const maxBytes = file?.maxBytes ?? maxBodyBytes;
  if (Buffer.byteLength(body, encoding) > maxBytes)
    throw new Problem('body-too-large', { kilobytes: maxBytes / 1024 });
  return Buffer.from(body, encoding);
};

const fileOf = (raw: Buffer, contentType: string | undefined, { mediaTypes }: FileBody): Buffer => {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (!mediaTypes.includes('*/*') && !mediaTypes.includes(mediaType ?? ''))
    throw new Problem('unsupported-media-type', { mediaTypes: mediaTypes.join(', ') });
  return raw;
};

/** Takes no byte that is not UTF-8; a byte order mark is no part of the text. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

const jsonOf = (raw: Buffer, contentType: string | undefined, locale: Locale): unknown => {
  if (raw.length === 0) return {};
  if (
    !/^application\/(json|merge-patch\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(
      contentType ?? '',
    )
  )
    throw new Problem('unsupported-media-type', { mediaTypes: 'application/json' });
  try {
    return readJson(utf8.decode(raw));
  } catch (error) {
    if (!(error instanceof UnfitJson)) throw new Problem('malformed-json');
    const { fault, path } = error;
    throw refuseFields([{ path, code: fault, words: jsonWords[fault] }], 'body', locale);
  }
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
  if (key === undefined || !idempotencyKey.test(key)) {
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

/** A UUID, or the 128 bits of a trace id: what says nothing about anybody. */
const opaqueId = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32})$/i;

/** It goes into events and logs, so another one than an opaque one is not taken. */
export const correlationIdOf = (event: Event): string => {
  const given = event.headers['x-correlation-id'];
  return given && opaqueId.test(given) ? given : event.requestContext.requestId;
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
  refuseQuery(event.rawQueryString, locale);
  const query = parsed(route.query, event.queryStringParameters ?? {}, 'query', locale);
  const body = route.file
    ? fileOf(bytes, contentType, route.file)
    : parsed(route.body, jsonOf(bytes, contentType, locale), 'body', locale);
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
