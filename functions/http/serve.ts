import type middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { Refusal } from '../html/view.ts';
import { Problem, problemOnPage } from '../refusals/problem.ts';
import { problemTypes } from '../refusals/problem-types.ts';
import { chain } from '../runtime/chain.ts';
import {
  type Answer,
  type Asked,
  type Forms,
  formOfAnswer,
  type Renders,
  type Result,
  redirectResult,
  resultOf,
} from './answer.ts';
import { type Contract, isCommand, type Route } from './contract.ts';
import { withoutEnding } from './endings.ts';
import { checkForm, checkOrigin, fieldsIn, givenIn } from './forms.ts';
import { asProblem, logProblem, problems } from './problems.ts';
import {
  bytesOf,
  correlationIdOf,
  type Event,
  localeOf,
  pathOf,
  type Request,
  requestOf,
} from './request.ts';
import { type OpenSession, rolesOfSession, type Session } from './session.ts';
import { refusalOf, viewOf } from './view.ts';

export type UseCase<R extends Route> = (request: Request<R>) => Promise<Answer<R>>;
export type UseCases<C extends Contract> = { readonly [K in keyof C]: UseCase<C[K]> };

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
      const needed = [...(route.only ? [route.only] : []), ...route.also];
      if (needed.some((mediaType) => !forms[mediaType]))
        throw new Error(`${route.key} is not rendered in every form it offers`);
      return [route.key, { route, useCase: useCases[name] as unknown as UseCase<Route>, forms }];
    }),
  );

/** The page of whoever has to sign in first; it leads back to where they were. */
const signInFor = (event: Event): Result => {
  const asked = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  return redirectResult(`/pages/sign-in?next=${encodeURIComponent(`${event.rawPath}${asked}`)}`);
};

const answerTo = async (
  event: Event,
  { route, useCase, forms }: Served,
  { ending, ...reader }: Pick<Asked, 'ending'> & Parameters<typeof viewOf>[1],
): Promise<Result> =>
  resultOf(event, route, forms, await useCase(requestOf(event, route, reader.session)), {
    view: viewOf(event, reader),
    ending,
  });

/** The most bytes of a form that its page gives back: a plan of the most characters, in Chinese. */
const maxShownBytes = 1024 * 1024;
/** The same of a form that anybody may send: some 7,000 Chinese characters. */
const maxShownOpenBytes = 64 * 1024;
/** The most characters of them: a quotation mark takes six when it is shown. */
const maxShownCharacters = 600_000;

/**
 * What a person had put into a form; undefined when it is more than a page gives back.
 * @throws Problem `foreign-form`: nobody else puts words into a form of ours
 */
const putInto = (event: Event, route: Route, session: Session | undefined): Refusal['given'] => {
  let bytes: Buffer;
  try {
    bytes = bytesOf(event, session ? maxShownBytes : maxShownOpenBytes);
  } catch {
    return undefined;
  }
  const fields = fieldsIn(event, bytes);
  const { key } = route;
  if (session)
    checkForm(event, fields, { secret: session.secret, key, path: pathOf(event, { key }) });
  else checkOrigin(event);
  const given = givenIn(fields);
  const all = [...given.values()].flat();
  return all.join('').length > maxShownCharacters ? undefined : given;
};

/**
 * The page of a form that was refused, with what is wrong and with what the person had put in.
 * @param form the route that refused it
 * @throws what was thrown, when the form itself is not to blame
 */
const shownAgain = async (
  event: Event,
  form: Route,
  { route, useCase, forms }: Served,
  session: Session | undefined,
  error: unknown,
): Promise<Result> => {
  const locale = localeOf(event);
  const problem = asProblem(error, locale);
  const { status } = problemTypes[problem.code];
  if (status >= 500 || problem.code === 'foreign-form') throw error;
  logProblem(event, problem, error);
  const { lang } = event.queryStringParameters ?? {};
  const { body: _, ...withoutForm } = event;
  const page: Event = {
    ...withoutForm,
    rawPath: pathOf(event, route),
    rawQueryString: '',
    queryStringParameters: lang === undefined ? {} : { lang },
  };
  // Fields that make no form have no places in one.
  const given = problem.code === 'malformed-form' ? undefined : putInto(event, form, session);
  const refusal = refusalOf(problemOnPage(problem, locale, correlationIdOf(event)), given);
  const answer = await useCase(requestOf(page, route, session));
  const result = await resultOf(page, route, forms, answer, {
    view: viewOf(page, { session, refusal }),
  });
  return { ...result, statusCode: status };
};

/**
 * The HTTP function of a slice. Each route of its contract is answered by the use case of the same
 * name.
 * @param openSession opens the session of a request, for routes with access `session` and the heads of pages
 * @throws Error when a form that a route offers is not among the renders, or a page cannot know whose it is
 */
export const serve = <C extends Contract>(
  contract: C,
  useCases: UseCases<C>,
  renders: Renders<C> = {},
  openSession?: OpenSession,
) => {
  const routes = servedOf(contract, useCases, renders);
  if (!openSession && Object.values(contract).some(({ access }) => access === 'session'))
    throw new Error('routes with access session need what opens sessions');
  // API Gateway sends header names in lower case, and always sends some headers. Other hosts that
  // call a function do not all do so. middy runs onError in the reverse order of use: `problems`
  // comes first.
  return chain<Event, Result>()
    .before(({ event }) => {
      event.headers ??= {};
    })
    .use(httpHeaderNormalizer())
    .use(commonHeaders())
    .use(problems(openSession))
    .handler(async (event) => {
      const found = routes.get(event.routeKey);
      if (!found) throw new Problem('not-found', { what: 'route', id: event.routeKey });
      const { route } = found;
      const { event: asked, form } = withoutEnding(event, route);
      const needsSession = route.access === 'session';
      const session = needsSession
        ? await openSession?.(event.cookies ?? [], event.requestContext.timeEpoch)
        : undefined;
      if (needsSession && !session && !isCommand(route)) return signInFor(event);
      if (needsSession && !session) throw new Problem('session-ended');
      const roles =
        !session && formOfAnswer(asked, route, form) === 'text/html'
          ? await rolesOfSession(asked, openSession)
          : undefined;
      try {
        return await answerTo(asked, found, { session, roles, ending: form });
      } catch (error) {
        const again = route.again === undefined ? undefined : contract[route.again];
        const page = again && routes.get(again.key);
        if (!page) throw error;
        return shownAgain(event, route, page, session, error);
      }
    });
};
