import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { areaId, roles, uuid } from '../../events/envelope.ts';
import type { OpenSession } from '../http/session.ts';
import { type Actor, volunteerIdOf } from '../ledger/actor.ts';
import { Problem } from '../refusals/problem.ts';
import { settings } from '../runtime/settings.ts';
import { cookieKey, keyMonthOf, makeCookieKey } from './cookie-key.ts';
import { cookieText, endOfCookie, openCookie, sealValue } from './sealed-cookie.ts';

const name = '__Host-session';
/** A working day. A session ends no later than the token with which it began. */
const longestMs = 8 * 60 * 60 * 1000;
/** Browsers keep cookies of 4096 bytes with name and attributes. */
const mostCharacters = 3800;

/** What a session's cookie says: who it is, and no token. */
const content = z.object({
  id: z.string(),
  roles: z.array(z.enum(roles)),
  organisationId: uuid.nullable(),
  areaIds: z.array(areaId).nullable(),
  secret: z.string(),
  until: z.int(),
});

/**
 * Begins a session, by the cookie that it returns.
 * @param at when the request was received, @param tokenUntil when the access token ends; epoch milliseconds
 * @throws Problem `sign-in-failed` when the token has ended or names too many areas, `record-unreadable`
 */
export const newSession = async (
  { id, roles: held, organisationId, areaIds }: Omit<Actor, 'year'>,
  at: number,
  tokenUntil: number,
): Promise<string> => {
  const month = keyMonthOf(at);
  await makeCookieKey(month);
  const until = Math.min(at + longestMs, tokenUntil);
  if (until <= at)
    throw new Problem('sign-in-failed', {
      zh: '令牌已过期；请重新登录。',
      en: 'The token has ended: sign in again.',
    });
  const secret = randomBytes(24).toString('base64url');
  const value = sealValue(await cookieKey(month), { name, month }, {
    id,
    roles: [...new Set(held)],
    organisationId,
    areaIds: areaIds && [...areaIds],
    secret,
    until,
  } satisfies z.input<typeof content>);
  if (value.length > mostCharacters)
    throw new Problem('sign-in-failed', {
      zh: '令牌列出的区域过多；请联系管理员。',
      en: 'The token names too many areas: ask the operator.',
    });
  return cookieText(name, value, (until - at) / 1000);
};

/** The cookie that ends a session in this browser. */
export const endOfSession = (): string => endOfCookie(name);

/** The months whose keys may have sealed what is still good. */
const monthsAt = (at: number): readonly string[] => [keyMonthOf(at), keyMonthOf(at - longestMs)];

export const openSession: OpenSession = async (cookies, at) => {
  const opened = await openCookie(cookies, { name, months: monthsAt(at) }, cookieKey).catch(
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'session-ended') return undefined;
      throw error;
    },
  );
  const { data } = content.safeParse(opened);
  if (!data || data.until <= at) return undefined;
  const { id, roles: held, organisationId, areaIds, secret } = data;
  const actor = { id, roles: held, organisationId, areaIds };
  return { actor: { ...actor, volunteerId: volunteerIdOf(settings().name, id) }, secret };
};
