import type middy from '@middy/core';
import { problemPage } from '../html/problem-page.ts';
import { Rejection, Rejections } from '../refusals/decision.ts';
import { Problem, problemBody, problemOf, problemOnPage } from '../refusals/problem.ts';
import { type Locale, problemTypes } from '../refusals/problem-types.ts';
import { isTransient } from '../runtime/dynamodb.ts';
import { logger } from '../runtime/telemetry.ts';
import { mediaTypeFor, type Result } from './answer.ts';
import { correlationIdOf, type Event, localeOf } from './request.ts';
import { type OpenSession, rolesOfSession } from './session.ts';
import { viewOf } from './view.ts';

export const asProblem = (error: unknown, locale: Locale): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof Rejection) return problemOf([error], locale);
  if (error instanceof Rejections) return problemOf(error.all, locale);
  return new Problem(isTransient(error) ? 'unavailable' : 'internal');
};

/** What a request must prove itself by (RFC 9110, 11.6.1). */
const challengeOf = ({ code }: Problem): string =>
  code === 'invalid-signature' ? 'Signature' : 'Bearer error="invalid_token"';

/** Logs a problem: a refusal is normal, a failure of AWS is a matter for the operator. */
export const logProblem = (event: Event, problem: Problem, error: unknown): void => {
  const { status } = problemTypes[problem.code];
  const correlationId = correlationIdOf(event);
  const what = { route: event.routeKey, status, problem: problem.code, correlationId };
  if (problem.code === 'internal') logger.error('failed', { ...what, error: error as Error });
  else if (problem.code === 'unavailable')
    logger.warn('unavailable', { ...what, error: error as Error });
  else logger.info('refused', what);
};

/** A problem as the answer: a page for a browser, problem+json for all others. */
const problemResult = async (
  event: Event,
  problem: Problem,
  openSession: OpenSession | undefined,
): Promise<Result> => {
  const locale = localeOf(event);
  const { status } = problemTypes[problem.code];
  const correlationId = correlationIdOf(event);
  const isPage = mediaTypeFor(event.headers.accept, ['text/html']) === 'text/html';
  const page = isPage
    ? problemPage(
        problemOnPage(problem, locale, correlationId),
        viewOf(event, { roles: await rolesOfSession(event, openSession) }),
      )
    : undefined;
  return {
    statusCode: status,
    headers: {
      'content-type': page ? 'text/html; charset=utf-8' : 'application/problem+json; charset=utf-8',
      'content-language': locale,
      'cache-control': 'no-store',
      ...(status === 401 && !page ? { 'www-authenticate': challengeOf(problem) } : {}),
      ...(status === 503 ? { 'retry-after': '1' } : {}),
      ...page?.headers,
    },
    body: page ? page.text : JSON.stringify(problemBody(problem, locale, correlationId)),
  };
};

/**
 * Turns any error into a problem in the reader's language, and logs it. A success is logged in the gateway's
 * access log, and its correlation id is in the event.
 */
export const problems = (openSession?: OpenSession): middy.MiddlewareObj<Event, Result> => ({
  onError: async (request) => {
    const problem = asProblem(request.error, localeOf(request.event));
    logProblem(request.event, problem, request.error);
    request.response = await problemResult(request.event, problem, openSession);
  },
});
