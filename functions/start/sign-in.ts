import * as z from 'zod';
import { actorOf } from '../http/identity.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { Problem } from '../refusals/problem.ts';
import { type SignIn, settings, signIn as signInSettings } from '../runtime/settings.ts';
import { logger } from '../runtime/telemetry.ts';
import { cookieKey, keyMonthOf, makeCookieKey } from '../session/cookie-key.ts';
import { cookieText, endOfCookie, openCookie, sealValue } from '../session/sealed-cookie.ts';
import { endOfSession, newSession } from '../session/session.ts';
import type { start } from './contract.ts';
import { beginSignIn, finishSignIn } from './provider.ts';
import { safePath } from './safe-path.ts';

const name = '__Host-sign-in';
/** How long somebody may take at the provider. */
const attemptMs = 10 * 60 * 1000;

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  until: z.int(),
});

const failed = (zh: string, en: string): Problem => new Problem('sign-in-failed', { zh, en });

/** @throws Problem `sign-in-failed` in a district without a client at the provider */
const client = (): SignIn => {
  const found = signInSettings();
  if (!found)
    throw failed(
      '本区尚未开通网页登录（设置 oidc.signIn）。',
      'This district has no client for signing in: the setting oidc.signIn.',
    );
  return found;
};

type Browser = Pick<Request<typeof start.signIn>, 'browser'>;

const redirectUriOf = ({ browser }: Browser): string => `${browser?.origin}/pages/callback`;

/** What the provider or the network did wrong is for the operator's log; it names nobody. */
const fromProvider = async <T>(act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { name: kind, message } = error as Error;
    logger.warn('sign-in failed', { reason: `${kind}: ${message}`.slice(0, 300) });
    throw failed(
      '统一登录平台没有给出可用的答复；请重新登录，仍不成功时请告知管理员。',
      'The identity provider gave no usable answer: sign in again, and tell the operator if that does not help.',
    );
  }
};

export const signIn: UseCase<typeof start.signIn> = async (request) => {
  const { at, query } = request;
  const { location, attempt } = await fromProvider(() =>
    beginSignIn(client(), redirectUriOf(request)),
  );
  const month = keyMonthOf(at);
  await makeCookieKey(month);
  const kept = { ...attempt, next: safePath(query.next), until: at + attemptMs };
  const sealed = sealValue(await cookieKey(month), { name, month }, kept);
  return {
    body: {},
    redirect: location,
    cookies: [cookieText(name, sealed, attemptMs / 1000)],
  };
};

/** The attempt that this browser began; undefined when there is none, or it took too long. */
const attemptOf = async ({ browser, at }: Request<typeof start.callback>) => {
  const months = [keyMonthOf(at), keyMonthOf(at - attemptMs)];
  const opened = await openCookie(browser?.cookies ?? [], { name, months }, cookieKey);
  const { data } = attemptSchema.safeParse(opened);
  return data && data.until > at ? data : undefined;
};

export const callback: UseCase<typeof start.callback> = async (request) => {
  const attempt = await attemptOf(request);
  if (!attempt)
    throw failed(
      '登录用时过长，或不是在本浏览器中开始的；请重新登录。',
      'It took too long, or was not begun in this browser: sign in again.',
    );
  if (request.query.error !== undefined)
    throw failed(
      '统一登录平台没有同意登录；请重新登录，或换一个账号。',
      'The identity provider did not let you in: sign in again, or with another account.',
    );
  const claims = await fromProvider(() =>
    finishSignIn(client(), redirectUriOf(request), new URLSearchParams(request.query), attempt),
  );
  const actor = actorOf(claims, settings());
  const session = await newSession(actor, request.at, Number(claims.exp) * 1000);
  return { body: {}, redirect: attempt.next, cookies: [session, endOfCookie(name)] };
};

export const signOut: UseCase<typeof start.signOut> = async () => ({
  body: {},
  redirect: '/',
  cookies: [endOfSession()],
});
