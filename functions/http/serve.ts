import type middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import { Rejection, Rejections } from '../refusals/decision.ts';
import { Problem, problemBody, problemOf } from '../refusals/problem.ts';
import { type Locale, problemTypes } from '../refusals/problem-types.ts';
import { chain } from '../runtime/chain.ts';
import { isTransient } from '../runtime/dynamodb.ts';
import { logger } from '../runtime/telemetry.ts';
import { type Answer, type Forms, type Renders, type Result, resultOf } from './answer.ts';
import type { Contract, Route } from './contract.ts';
import { withoutEnding } from './endings.ts';
import { correlationIdOf, type Event, localeOf, type Request, requestOf } from './request.ts';

export type UseCase<R extends Route> = (request: Request<R>) => Promise<Answer<R>>;
export type UseCases<C extends Contract> = { readonly [K in keyof C]: UseCase<C[K]> };

const asProblem = (error: unknown, locale: Locale): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection) return problemOf([error], locale);
  if (error instanceof Rejections) return problemOf(error.all, locale);
  return new Problem(isTransient(error) ? 'unavailable' : 'internal');
};

/** What a request must prove itself by (RFC 9110, 11.6.1). */
const challengeOf = ({ code }: Problem): string =>
  code === 'invalid-signature' ? 'Signature' : 'Bearer error="invalid_token"';

/**
 * Turns any error into problem+json in the reader's language, and logs it. A success is logged in
 * the gateway's access log, and its correlation id is in the event.
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
    // A refusal is normal; a failure of AWS is a matter for the operator.
    else if (problem.code === 'unavailable')
      logger.warn('unavailable', { ...what, error: request.error as Error });
    else logger.info('refused', what);
    request.response = {
      statusCode: status,
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'content-language': locale,
        'cache-control': 'no-store',
        ...(status === 401 ? { 'www-authenticate': challengeOf(problem) } : {}),
        ...(status === 503 ? { 'retry-after': '1' } : {}),
      },
      body: JSON.stringify(problemBody(problem, locale, correlationId)),
    };
  },
});

/** The headers of every answer, and of those that are not for a shared cache the correlation id. */
const commonHeaders = (): middy.MiddlewareObj<Event, Result> => {
  const finish = ({ event, response }: middy.Request<Event, Result>) => {
    if (!response) return;
    // A cache hands what it keeps to others, who would get this caller's correlation id.
    const isShared = String(response.headers?.['cache-control'] ?? '').startsWith('public');
    response.headers = {
      ...response.headers,
      ...(isShared ? {} : { 'x-correlation-id': correlationIdOf(event) }),
      'x-content-type-options': 'nosniff',
    };
  };
  return { after: finish, onError: finish };
};

/** A route with its use case and its forms. */
interface Served {
  readonly route: Route;
  readonly useCase: UseCase<Route>;
  readonly forms: Forms;
}

const servedOf = <C extends Contract>(
  contract: C,
  useCases: UseCases<C>,
  renders: Renders<C>,
): ReadonlyMap<string, Served> =>
  new Map(
    Object.entries(contract).map(([name, route]) => {
      const forms = (renders[name] ?? {}) as Forms;
      const needed = route.only ? [route.only] : route.also;
      if (needed.some((mediaType) => !forms[mediaType]))
        throw new Error(`${route.key} is not rendered in every form it offers`);
      return [route.key, { route, useCase: useCases[name] as unknown as UseCase<Route>, forms }];
    }),
  );

/**
 * The HTTP function of a slice. Each route of its contract is answered by the use case of the same
 * name.
 * @throws Error when a form that a route offers is not among the renders
 */
export const serve = <C extends Contract>(
  contract: C,
  useCases: UseCases<C>,
  renders: Renders<C> = {},
) => {
  const routes = servedOf(contract, useCases, renders);
  // API Gateway sends header names in lower case, and always sends some headers. Other hosts that
  // call a function do not all do so. middy runs onError in the reverse order of use: `problems`
  // comes first.
  return chain<Event, Result>()
    .before(({ event }) => {
      event.headers ??= {};
    })
    .use(httpHeaderNormalizer())
    .use(commonHeaders())
    .use(problems())
    .handler(async (event) => {
      const found = routes.get(event.routeKey);
      if (!found) throw new Problem('not-found', { what: 'route', id: event.routeKey });
      const { route, useCase, forms } = found;
      const { event: asked, form } = withoutEnding(event, route);
      return resultOf(asked, route, forms, await useCase(requestOf(asked, route)), form);
    });
};
