import * as z from 'zod';
import type { ProblemCode } from '../refusals/problem-types.ts';

/** A form an answer is given in beside JSON. */
export type MediaType = 'text/html';

/** A body that is a file as it lies on somebody's disk, and not JSON. */
export interface FileBody {
  // What `Content-Type` may be, without parameters; anything or nothing where it is `*/*`.
  readonly mediaTypes: readonly [string, ...string[]];
  readonly maxBytes: number;
}

/** The body schema of a route that takes a file: its bytes. */
export const bytes = z.instanceof(Uint8Array);

/**
 * One route, said once: the gateway's routes and their authorizer, validation, types and OpenAPI
 * all come from it. Pure, so that the deployment can read it.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Access extends 'public' | 'token' = 'public' | 'token',
> {
  /** Method and path as API Gateway writes them: `POST /hours/{id}/verify`. */
  readonly key: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  /** `token`: the gateway lets nobody through without one. */
  readonly access: Access;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /**
   * The body's fields that are personal data, and go to the People table. Anywhere else a command
   * takes nobody's ID or mobile number: what it says stays in the Ledger for good.
   */
  readonly personal: readonly string[];
  /** Set where the body is a file; its schema is then `bytes`. */
  readonly file: FileBody | undefined;
  readonly status: 200 | 201 | 202;
  /** Another status the same answer can come with, as when nothing was done yet. */
  readonly otherStatus: 200 | undefined;
  readonly answer: Answer;
  /** What else than JSON the answer can be had as, by `Accept`. */
  readonly also: readonly MediaType[];
  /** The answer has a version: `ETag` is sent; a command minds `If-Match`. */
  readonly versioned: boolean;
  /** Refusals beyond those every route can give. */
  readonly problems: readonly ProblemCode[];
}

/** No parameters, no query, or no body: anything sent there is an unknown field. */
export const nothing = z.strictObject({});

/** A route, with nothing where nothing is said: no parameters, query or body, 200, JSON, no version. */
export const route = <
  A extends z.ZodType,
  X extends 'public' | 'token',
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
  versioned: false,
  problems: [],
  ...definition,
});

export type Contract = Readonly<Record<string, Route>>;

/** Query of a list: `limit` ≤ 100 and the opaque `cursor` a page before gave as `next`. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

/**
 * A page of a list. `next` is null on the last one. A page reads a bounded number of entries, so that
 * one with filters may have fewer items than its limit, or none, and still have a `next`.
 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** `yyyy-mm`. */
export const month = z
  .string()
  .regex(/^[2]\d{3}-(0[1-9]|1[0-2])$/, '须为年月，格式如 2025-03 / must be yyyy-mm');
/** `yyyy`. */
export const year = z.string().regex(/^[2]\d{3}$/, '须为四位年份 / must be yyyy');

/**
 * What `Idempotency-Key` may be: visible ASCII. Without a comma, which is what the gateway puts
 * between the values of a header that was sent twice.
 */
export const idempotencyKey = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

export const isCommand = ({ key }: Route): boolean => !key.startsWith('GET ');
