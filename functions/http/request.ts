import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import { ticketField } from '../html/view.ts';
import type { Actor } from '../ledger/actor.ts';
import type { CommandRequest } from '../ledger/command.ts';
import { localeFor, Problem } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { digest, fingerprint } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { claimsOf } from './access-token.ts';
import {
  type FileBody,
  hasPage,
  idempotencyKey,
  isCommand,
  isForPeople,
  lang,
  type Route,
} from './contract.ts';
import { parsed, refuseNumbers, refuseQuery } from './field-errors.ts';
import { checkForm, checkOrigin, fieldsIn, valueOfForm } from './forms.ts';
import { actorOf } from './identity.ts';
import { checkedBody, jsonOf } from './json-body.ts';
import { originOf, type Session } from './session.ts';
import { SignedMessage } from './signed-message.ts';

/** The event with which API Gateway calls a function. */
export type Event = APIGatewayProxyEventV2WithJWTAuthorizer;

/** A request that has been checked, with its parts typed. */
export interface Request<R extends Route> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: R['access'] extends 'signed' ? SignedMessage : z.output<R['body']>;
  readonly actor: R['access'] extends 'token' | 'session' ? Actor : Actor | undefined;
  /** When the gateway received the request, in epoch milliseconds. It is the only clock. */
  readonly at: number;
  readonly correlationId: string;
  /** The language of the answer. */
  readonly locale: Locale;
  /** Of what anybody may ask or send: the address it comes from. It is personal data, and is neither kept nor logged. */
  readonly source?: string;
  /** Of pages: the origin at which the browser has this site, and its cookies. */
  readonly browser?: { readonly origin: string; readonly cookies: readonly string[] };
  /** `Idempotency-Key`, required on POST, and a hash of the request's content. */
  readonly idempotency: { readonly key: string; readonly hash: string } | undefined;
  /** The version in `If-Match`. */
  readonly ifMatch: number | undefined;
  /** Set for what a machine hands in: what is written with whatever the command appends. */
  readonly alsoWrite?: CommandRequest['alsoWrite'];
}

const maxBodyBytes = 256 * 1024;
/** Of a form that anybody may send, which its page gives back: some 2,500 characters in Chinese. */
const maxOpenFormBytes = 32 * 1024;

/** The most bytes that a route takes. */
const maxBytesOf = ({ access, file }: Pick<Route, 'access' | 'file'>): number =>
  access === 'form' ? maxOpenFormBytes : (file?.maxBytes ?? maxBodyBytes);

/** The bytes of a body. @throws Problem `body-too-large` */
export const bytesOf = (event: Event, maxBytes: number): Buffer => {
  const { body = '', isBase64Encoded } = event;
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  if (Buffer.byteLength(body, encoding) > maxBytes)
    throw new Problem('body-too-large', { kilobytes: maxBytes / 1024 });
  return Buffer.from(body, encoding);
};

const formIn = (event: Event, route: Route, bytes: Buffer, session: Session | undefined) => {
  if (!isCommand(route)) return undefined;
  if (route.access === 'form') return openFormOf(event, bytes);
  return session && route.access === 'session' ? formOf(event, route, bytes, session) : undefined;
};

const fileOf = (raw: Buffer, contentType: string | undefined, { mediaTypes }: FileBody): Buffer => {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (!mediaTypes.includes('*/*') && !mediaTypes.includes(mediaType ?? ''))
    throw new Problem('unsupported-media-type', { mediaTypes: mediaTypes.join(', ') });
  return raw;
};

/** The form of a request, and its idempotency key. */
const formOf = (event: Event, route: Route, bytes: Buffer, { secret }: Session) => {
  const fields = fieldsIn(event, bytes);
  const key = checkForm(event, fields, { secret, key: route.key, path: pathOf(event, route) });
  return { key, value: valueOfForm(fields) };
};

/** A form that needs no session: its ticket is the idempotency key, and the use case checks it. */
const openFormOf = (event: Event, bytes: Buffer) => {
  checkOrigin(event);
  const fields = fieldsIn(event, bytes);
  return { key: fields.get(ticketField) ?? '', value: valueOfForm(fields) };
};

const bodyOf = (event: Event, route: Route, bytes: Buffer, locale: Locale): unknown => {
  const contentType = event.headers['content-type'];
  const file = route.file && fileOf(bytes, contentType, route.file);
  if (route.access === 'signed') return new SignedMessage(event.headers, file ?? bytes);
  if (file) return file;
  return checkedBody(route, jsonOf(bytes, contentType, locale), locale);
};

const headerError = (name: string, detail: Readonly<Record<Locale, string>>, locale: Locale) =>
  new Problem('invalid-request', {}, [
    { in: 'header', name, code: 'invalid-format', detail: detail[locale] },
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

/** The path that the route and its decoded parameters make: one path can be written in several ways. */
export const pathOf = ({ pathParameters }: Event, { key }: Pick<Route, 'key'>): string =>
  key
    .slice(key.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathParameters?.[name] ?? ''));

const idempotencyOf = (
  event: Event,
  route: Route,
  actor: Actor | undefined,
  {
    bytes,
    body,
    query,
    form,
  }: {
    readonly bytes: Uint8Array;
    readonly body: unknown;
    readonly query: unknown;
    readonly form: string | undefined;
  },
): Request<Route>['idempotency'] => {
  // A signed message has an id of its own, and a form has its token.
  const key = body instanceof SignedMessage ? body.id : (form ?? event.headers['idempotency-key']);
  if (key === undefined || !idempotencyKey.test(key)) {
    if (key !== undefined || route.key.startsWith('POST '))
      throw new Problem('idempotency-key-required');
    return undefined;
  }
  // The query is part of the request's content; most commands have none.
  const asked = Object.keys(Object(query)).length > 0 ? [JSON.stringify(query)] : [];
  return {
    key: fingerprint(actor?.id ?? '', event.requestContext.http.method, pathOf(event, route), key),
    // The hash includes the client's own key, which is not stored. So nobody can find a short body,
    // such as a corrected phone number, by trying all values.
    hash: fingerprint(key, digest(bytes), ...asked),
  };
};

/** A UUID, or a trace id of 128 bits. Both say nothing about a person. */
const opaqueId = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32})$/i;

/** It goes into events and logs, so only an opaque id is taken from the request. */
export const correlationIdOf = (event: Event): string => {
  const given = event.headers['x-correlation-id'];
  return given && opaqueId.test(given) ? given : event.requestContext.requestId;
};

/** The language that the query names, if it names one of ours; else the better of those that are accepted. */
export const localeOf = (event: Event): Locale =>
  lang.safeParse(event.queryStringParameters?.lang).data ??
  localeFor(event.headers['accept-language'], settings().locale);

/** Public routes have no authorizer, so a token there is unchecked and is not used. */
const whoAsks = (event: Event, { access }: Route, session: Session | undefined) => {
  if (access === 'session') return session?.actor;
  return access === 'token' ? actorOf(claimsOf(event), settings()) : undefined;
};

/** The query without the language, which a route with a page has beside its own parameters. */
const queryOf = (event: Event, route: Route, locale: Locale): unknown => {
  const given = event.queryStringParameters ?? {};
  if (!hasPage(route) || given.lang === undefined) return given;
  const { lang: wanted, ...query } = given;
  parsed(language, { lang: wanted }, 'query', locale);
  return query;
};

const language = z.strictObject({ lang });

/**
 * The request behind an event, checked against its route.
 * @param session the session of whoever asks for a page of their own
 * @throws Problem that says what is wrong, and where
 */
export const requestOf = (event: Event, route: Route, session?: Session): Request<Route> => {
  const locale = localeOf(event);
  const at = event.requestContext.timeEpoch;
  const asks = whoAsks(event, route, session);
  const actor = asks && { ...asks, year: localYearOf(at, settings().timezone) };
  const bytes = bytesOf(event, maxBytesOf(route));
  const params = parsed(route.params, event.pathParameters ?? {}, 'path', locale);
  refuseQuery(event.rawQueryString, locale);
  const query = parsed(route.query, queryOf(event, route, locale), 'query', locale);
  if (isCommand(route)) {
    refuseNumbers(params, 'path', [], locale);
    refuseNumbers(query, 'query', [], locale);
  }
  const form = formIn(event, route, bytes, session);
  const body = form ? checkedBody(route, form.value, locale) : bodyOf(event, route, bytes, locale);
  return {
    params,
    query,
    body,
    actor: actor as Actor,
    at,
    correlationId: correlationIdOf(event),
    locale,
    ...(route.access === 'public' || route.access === 'form'
      ? { source: event.requestContext.http.sourceIp }
      : {}),
    ...(isForPeople(route)
      ? { browser: { origin: originOf(event), cookies: event.cookies ?? [] } }
      : {}),
    idempotency: isCommand(route)
      ? idempotencyOf(event, route, actor, { bytes, body, query, form: form?.key })
      : undefined,
    // Nobody signs the header.
    ifMatch:
      isCommand(route) && route.access !== 'signed'
        ? ifMatchOf(event.headers['if-match'], locale)
        : undefined,
  };
};
