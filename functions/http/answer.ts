import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { preferences } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { type Contract, isCommand, type MediaType, type Route } from './contract.ts';
import { documentResult, isKnown, weakEtag } from './document.ts';
import { type Event, localeOf } from './request.ts';

/** The answer to API Gateway. */
export type Result = APIGatewayProxyStructuredResultV2;

/** What a use case answers; `version` becomes the `ETag` of a versioned route. */
export interface Answer<R extends Route> {
  readonly body: z.input<R['answer']>;
  readonly version?: number;
  /** The route's `otherStatus`, when the answer does not have its `status`. */
  readonly status?: R['otherStatus'];
  /** Seconds after which to ask again. */
  readonly retryAfter?: number;
}

/** An answer in a form other than JSON, with its own headers. */
export interface Representation {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Turns a route's answer into another form. Pure. */
export type Render<R extends Route = Route> = (
  answer: z.output<R['answer']>,
  locale: Locale,
) => Representation;

/** The forms other than JSON, by route and media type. Every form that the contract offers is required. */
export type Renders<C extends Contract> = {
  readonly [K in keyof C]?: Readonly<Partial<Record<MediaType, Render<C[K]>>>>;
};

/** The forms of one route other than JSON. */
export type Forms = Readonly<Partial<Record<MediaType, Render>>>;

const json = 'application/json';

/**
 * A cache in front of the gateway may answer public requests for 15 seconds, without calling a
 * function. Views are some seconds behind the Ledger anyway.
 */
const publicly = 'public, max-age=15';

/** The form of the route that `Accept` prefers; JSON when it prefers none of them. */
export const mediaTypeFor = (
  accept: string | undefined,
  also: readonly MediaType[],
): MediaType | typeof json =>
  preferences(accept)
    .map((wanted) => (['*/*', 'application/*'].includes(wanted) ? json : wanted))
    .find((wanted): wanted is MediaType | typeof json =>
      ([json, ...also] as readonly string[]).includes(wanted),
    ) ?? json;

/** A use case's answer as an HTTP response, in the requested form and language. */
export const resultOf = (
  event: Event,
  route: Route,
  forms: Forms,
  { body, version, status, retryAfter }: Answer<Route>,
): Result => {
  if (route.isDocument) return documentResult(event, route, body as object);
  const mediaType = route.only ?? mediaTypeFor(event.headers.accept, route.also);
  const locale = localeOf(event);
  // Fields outside the contract are dropped, so other state is never sent.
  const shown = route.answer.parse(body);
  const other = mediaType === json ? undefined : forms[mediaType]?.(shown, locale);
  const text = other ? other.text : JSON.stringify(shown);
  const etag =
    route.versioned && version !== undefined
      ? `"${version}"`
      : route.access === 'public'
        ? weakEtag(mediaType, text)
        : undefined;
  const headers = {
    'cache-control': route.access === 'public' ? publicly : 'no-store',
    ...(etag === undefined ? {} : { etag }),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(route.access === 'public' || route.also.length > 0
      ? { vary: 'Accept, Accept-Language' }
      : {}),
    ...(other ? { 'content-language': locale, ...other.headers } : {}),
  };
  if (!isCommand(route) && etag !== undefined && isKnown(event.headers['if-none-match'], etag))
    return { statusCode: 304, headers };
  return {
    statusCode: status ?? route.status,
    headers: { 'content-type': `${mediaType}; charset=utf-8`, ...headers },
    body: text,
  };
};
