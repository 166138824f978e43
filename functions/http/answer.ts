import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { preferences } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Contract, MediaType, Route } from './contract.ts';
import { type Event, localeOf } from './request.ts';

/** What API Gateway is answered. */
export type Result = APIGatewayProxyStructuredResultV2;

/** What a use case answers; `version` becomes the `ETag` of a versioned route. */
export interface Answer<R extends Route> {
  readonly body: z.input<R['answer']>;
  readonly version?: number;
  /** The route's `otherStatus`, where it is not its `status`. */
  readonly status?: R['otherStatus'];
}

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

/** The forms of one route beside JSON. */
export type Forms = Readonly<Partial<Record<MediaType, Render>>>;

const json = 'application/json';

/**
 * What anybody may read, a cache in front of the gateway may answer for some seconds: no request
 * reaches a function then. Views are some seconds behind the Ledger anyway.
 */
const publicly = 'public, max-age=15';

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

/** A use case's answer on the wire: in the form and language that were asked for, and no more than the contract shows. */
export const resultOf = (
  event: Event,
  route: Route,
  forms: Forms,
  { body, version, status }: Answer<Route>,
): Result => {
  const mediaType = mediaTypeFor(event.headers.accept, route.also);
  const locale = localeOf(event);
  // What the contract does not show does not go out, whatever the state behind it holds.
  const shown = route.answer.parse(body);
  const other = mediaType === json ? undefined : forms[mediaType]?.(shown, locale);
  return {
    statusCode: status ?? route.status,
    headers: {
      'content-type': `${mediaType}; charset=utf-8`,
      'cache-control': route.access === 'public' ? publicly : 'no-store',
      ...(route.versioned && version !== undefined ? { etag: `"${version}"` } : {}),
      ...(route.access === 'public' || route.also.length > 0
        ? { vary: 'Accept, Accept-Language' }
        : {}),
      ...(other ? { 'content-language': locale, ...other.headers } : {}),
    },
    body: other ? other.text : JSON.stringify(shown),
  };
};
