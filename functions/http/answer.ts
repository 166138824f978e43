import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { View } from '../html/view.ts';
import { Problem, preferences } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { type Contract, isCommand, type MediaType, type Route } from './contract.ts';
import { documentResult, isKnown, weakEtag } from './document.ts';
import { type Form, json } from './endings.ts';
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
  /** The page that the browser is to open now, in place of an answer. */
  readonly redirect?: string;
  /** Cookies to set. */
  readonly cookies?: readonly string[];
}

/** An answer in a form other than JSON, with its own headers. */
export interface Representation {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer in a form that is no text. */
export interface FileRepresentation extends Pick<Representation, 'headers'> {
  readonly bytes: Uint8Array;
}

/** Turns a route's answer into another form. It may read names that are only for people. */
export type Render<R extends Route = Route, Made = Representation> = (
  answer: z.output<R['answer']>,
  locale: Locale,
  view: View,
) => Made | Promise<Made>;

/** The forms other than JSON, by route and media type. Every form that the contract offers is required. */
export type Renders<C extends Contract> = {
  readonly [K in keyof C]?: Readonly<
    Partial<Record<MediaType, Render<C[K], Representation | FileRepresentation>>>
  >;
};

/** The forms of one route other than JSON. */
export type Forms = Readonly<
  Partial<Record<MediaType, Render<Route, Representation | FileRepresentation>>>
>;

/**
 * A cache in front of the gateway may answer public requests for 15 seconds, without calling a
 * function. Views are some seconds behind the Ledger anyway.
 */
const publicly = 'public, max-age=15';

/** The form of the route that `Accept` prefers; JSON when it prefers none of them. */
export const mediaTypeFor = (accept: string | undefined, also: readonly MediaType[]): Form =>
  preferences(accept)
    .map((wanted) => (['*/*', 'application/*'].includes(wanted) ? json : wanted))
    .find((wanted): wanted is Form => ([json, ...also] as readonly string[]).includes(wanted)) ??
  json;

/** The form of an answer: what the path asks for by its ending, what the route has only, or what `Accept` prefers. */
export const formOfAnswer = (
  { headers }: Pick<Event, 'headers'>,
  { only, also }: Pick<Route, 'only' | 'also'>,
  ending: Form | undefined,
): Form => ending ?? only ?? mediaTypeFor(headers.accept, also);

/** The most bytes that the gateway passes on, in base64 and with some room for headers. */
const maxBytes = 4 * 1024 * 1024;

/** The body as the gateway takes it. @throws Problem `answer-too-large` */
const sent = (text: string | Uint8Array): Pick<Result, 'body' | 'isBase64Encoded'> => {
  if (typeof text === 'string') return { body: text };
  if (text.length > maxBytes) throw new Problem('answer-too-large');
  return { body: Buffer.from(text).toString('base64'), isBase64Encoded: true };
};

/**
 * The ETag of an answer. A version alone names only one form, JSON: what other forms say depends on the
 * language too.
 */
const etagOf = (
  { versioned, access }: Route,
  {
    form,
    locale,
    text,
  }: { readonly form: Form; readonly locale: Locale; readonly text: string | Uint8Array },
  version: number | undefined,
): string | undefined => {
  if (versioned && version !== undefined)
    return form === json ? `"${version}"` : weakEtag(form, locale, text);
  if (access !== 'public') return undefined;
  return form === json ? weakEtag(form, text) : weakEtag(form, locale, text);
};

/** Whether a form is read as text, which has a charset. */
const isText = (form: Form): boolean => form === json || form.startsWith('text/');

/** Sends the browser to another page by a GET, whatever the method was. */
export const redirectResult = (location: string, cookies: readonly string[] = []): Result => ({
  statusCode: 303,
  headers: { location, 'cache-control': 'no-store' },
  ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
});

/** For whom an answer is made, and in which form if the path asks for one, which comes before `Accept`. */
export interface Asked {
  readonly view: View;
  readonly ending?: Form | undefined;
}

/**
 * A use case's answer as an HTTP response, in the requested form and language.
 * @throws Problem `answer-too-large`
 */
export const resultOf = async (
  event: Event,
  route: Route,
  forms: Forms,
  { body, version, status, retryAfter, redirect, cookies }: Answer<Route>,
  { view, ending }: Asked,
): Promise<Result> => {
  if (route.isDocument) return documentResult(event, route, body as object);
  if (redirect !== undefined) return redirectResult(redirect, cookies);
  const mediaType = formOfAnswer(event, route, ending);
  const locale = localeOf(event);
  // Fields outside the contract are dropped, so other state is never sent.
  const shown = route.answer.parse(body);
  const other = mediaType === json ? undefined : await forms[mediaType]?.(shown, locale, view);
  const text = other ? ('bytes' in other ? other.bytes : other.text) : JSON.stringify(shown);
  const isPublic = route.access === 'public';
  // A public page whose head says that somebody is signed in is for them alone.
  const isOwn = isPublic && view.hasSession;
  const etag = isOwn ? undefined : etagOf(route, { form: mediaType, locale, text }, version);
  const headers = {
    'cache-control': isOwn ? 'private, no-store' : isPublic ? publicly : 'no-store',
    ...(etag === undefined ? {} : { etag }),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(isPublic || route.also.length > 0
      ? {
          vary:
            isPublic && mediaType === 'text/html'
              ? 'Accept, Accept-Language, Cookie'
              : 'Accept, Accept-Language',
        }
      : {}),
    ...(other ? { 'content-language': locale, ...other.headers } : {}),
  };
  if (!isCommand(route) && etag !== undefined && isKnown(event.headers['if-none-match'], etag))
    return { statusCode: 304, headers };
  return {
    statusCode: status ?? route.status,
    headers: {
      'content-type': isText(mediaType) ? `${mediaType}; charset=utf-8` : mediaType,
      ...headers,
    },
    ...(cookies ? { cookies: [...cookies] } : {}),
    ...sent(text),
  };
};
