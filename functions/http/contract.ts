import * as z from 'zod';
import { type ProblemCode, problemTypes } from '../refusals/problem-types.ts';

/** The media type of a workbook of tables. */
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A form of an answer other than JSON. */
export type MediaType =
  | 'text/html'
  | 'text/calendar'
  | 'text/csv'
  | 'application/pdf'
  | 'application/vc+jwt'
  | 'application/atom+xml'
  | typeof xlsx;

/** A body that is an uploaded file rather than JSON. */
export interface FileBody {
  // Accepted `Content-Type` values, without parameters. `*/*` accepts any value, or none.
  readonly mediaTypes: readonly [string, ...string[]];
  readonly maxBytes: number;
  /** What a file in JSON holds, for those who read the contract; the use case checks it itself. */
  readonly holds?: z.ZodType;
}

/**
 * `public`: anybody. `token`: the gateway refuses requests without a token. `signed`: a machine without a
 * token, whose use case opens the message with the secrets of whoever should have signed it. `session`: a
 * person in a browser, by the cookie of a session, on pages and their forms. `sign-in`: the pages by which
 * a session begins. `form`: pages with a form that anybody may send; the use case checks the ticket of the form.
 */
export type RouteAccess = 'public' | 'token' | 'signed' | 'session' | 'sign-in' | 'form';

/** The body schema of a route that takes a file: its bytes. */
export const bytes = z.instanceof(Uint8Array);

/**
 * One route. The gateway's routes and their authorizer, validation, types and OpenAPI are all made
 * from it. Pure, so that the deployment can read it.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Access extends RouteAccess = RouteAccess,
> {
  /** Method and path as API Gateway writes them: `POST /sheets/{id}/verify`. */
  readonly key: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  readonly access: Access;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /**
   * The body's fields that are personal data and go to the People table. In all other fields a
   * command refuses ID and mobile numbers, because they would stay in the Ledger for good.
   */
  readonly personal: readonly string[];
  /** Set when the body is a file; its schema is then `bytes`. */
  readonly file: FileBody | undefined;
  readonly status: 200 | 201 | 202;
  /** Another status for the same answer, for example when nothing had to be done. */
  readonly otherStatus: 200 | undefined;
  readonly answer: Answer;
  /** The other forms of the answer that `Accept` or an ending of the path may ask for. */
  readonly also: readonly MediaType[];
  /**
   * The form of the answer whatever `Accept` says, so that `also` is for endings of the path alone; undefined for
   * JSON and what `also` names.
   */
  readonly only: MediaType | undefined;
  /** The answer has a version: `ETag` is sent, and a command checks `If-Match`. */
  readonly versioned: boolean;
  /** A call costs much more than others, so the route has a throttle that suits it. */
  readonly costly: boolean;
  /** A call may wait for something, where the district's settings let it; then it is costly. */
  readonly waits: boolean;
  /** The answer is a public document that changes with a deployment only. */
  readonly isDocument: boolean;
  /** Of a form: the name of the page in the same contract that is shown again when it is refused. */
  readonly again: string | undefined;
  /** Refusals in addition to those that every route can give. */
  readonly problems: readonly ProblemCode[];
}

/** No parameters, no query, or no body: any field that is sent is an unknown field. */
export const nothing = z.strictObject({});

/** A route with defaults: no parameters, query or body; status 200, JSON, no version. */
export const route = <
  A extends z.ZodType,
  X extends RouteAccess,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(
  definition: Pick<Route<P, Q, B, A, X>, 'key' | 'access' | 'summary' | 'answer'> &
    Partial<Route<P, Q, B, A, X>>,
): Route<P, Q, B, A, X> => ({
  params: nothing as unknown as P,
  query: nothing as unknown as Q,
  body: nothing as unknown as B,
  personal: [],
  file: undefined,
  status: 200,
  otherStatus: undefined,
  also: [],
  only: undefined,
  versioned: false,
  costly: false,
  waits: false,
  isDocument: false,
  again: undefined,
  problems: [],
  ...definition,
});

export type Contract = Readonly<Record<string, Route>>;

/** Whether an answer of the route can be a page. */
export const hasPage = ({ also, only }: Pick<Route, 'also' | 'only'>): boolean =>
  only === 'text/html' || also.includes('text/html');

/** Whether the route is for people with a browser only, and so no part of the API for programs. */
export const isForPeople = ({ access }: Pick<Route, 'access'>): boolean =>
  access === 'session' || access === 'sign-in' || access === 'form';

/** The query parameter of every route with a page: its language, whatever `Accept-Language` says. */
export const lang = z
  .enum(['zh-CN', 'en'])
  .meta({ id: 'Language', description: 'A language of the product.', examples: ['en'] })
  .optional()
  .describe('The language of the answer, in place of what `Accept-Language` prefers.');

/** What a person sets the status to of something that can be paused. */
export const pausable = z
  .enum(['active', 'paused'])
  .meta({ id: 'PausableStatus', description: 'Paused, or active again.' });

/** How a new secret takes the place of the one before. */
export const rotation = z.strictObject({
  overlapHours: z
    .int()
    .min(0)
    .max(168)
    .default(24)
    .describe('Hours for which the old secret is good beside the new one.'),
});

/** A whole number in a query, written in digits only. */
export const queryInteger = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && !/^\d+$/.test(value) ? Number.NaN : value),
    z.coerce.number().int().min(least).max(most),
  );

/** Query of a list: `limit` ≤ 100, and the opaque `cursor` from `next` of the page before. */
export const paging = {
  limit: queryInteger(1, 100).default(50).describe('How many items a page has at most.'),
  cursor: z
    .string()
    .min(1)
    .max(2048)
    .optional()
    .describe('The `next` of the page before; the filters must be the same.'),
};

/**
 * A page of a list. `next` is null on the last page. A page reads a bounded number of entries, so a
 * page with filters may have fewer items than its limit, or none, and still have a `next`.
 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
  });

/** The last part of a problem’s `type`. */
export const problemCode = z
  .enum(Object.keys(problemTypes) as [ProblemCode, ...ProblemCode[]])
  .meta({
    id: 'ProblemCode',
    description: 'The last part of the `type` of a problem. A later version may have more.',
  });

/** A text in both languages of the product. */
export const words = z
  .object({ zh: z.string().describe('In Chinese.'), en: z.string().describe('In English.') })
  .meta({ id: 'Words', description: 'A text in Chinese and English.' });

/** How a figure is made of its parts. */
export const aggregation = z.enum(['sum', 'distinct', 'last', 'ratio']).meta({
  id: 'Aggregation',
  description:
    '`sum`: the parts of a breakdown add up to the whole. `distinct`: whoever is in several parts is counted once in the whole, so the parts may add up to more. `last`: at the end of the period; the areas add up. `ratio`: the numerator divided by the denominator, times a hundred where the unit is percent; numerators and denominators add up, values do not.',
});

/** Where a month or year stands. */
export const periodStanding = z.enum(['open', 'closing', 'closed', 'restated']).meta({
  id: 'PeriodStanding',
  description:
    'Where a period stands. `restated`: closed, and figures of it were changed since; both are shown.',
});

/** A yes or no in a query. */
export const trueOrFalse = z
  .enum(['true', 'false'])
  .meta({ id: 'TrueOrFalse', description: 'A yes or no in a query.', examples: ['true'] });

/** `yyyy-mm`. */
export const month = z
  .string()
  .regex(/^[2]\d{3}-(0[1-9]|1[0-2])$/, '须为年月，格式如 2025-03 / must be yyyy-mm');
/** `yyyy`. */
export const year = z.string().regex(/^[2]\d{3}$/, '须为四位年份 / must be yyyy');

/**
 * The form of `Idempotency-Key`: visible ASCII without a comma. The gateway joins the values of a
 * header that was sent twice with a comma.
 */
export const idempotencyKey = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

export const isCommand = ({ key }: Pick<Route, 'key'>): boolean => !key.startsWith('GET ');
