import type { Actor } from '../ledger/actor.ts';
import { logger } from '../runtime/telemetry.ts';
import type { Event } from './request.ts';

/** A person's session, as its cookie says. */
export interface Session {
  readonly actor: Omit<Actor, 'year'>;
  /** Random, and known to this session only: the tokens of its forms are made with it. */
  readonly secret: string;
}

/**
 * Opens the session that a request's cookies name; undefined when there is none, or none any more.
 * @param at when the request was received, in epoch milliseconds
 */
export type OpenSession = (cookies: readonly string[], at: number) => Promise<Session | undefined>;

/**
 * The roles of the session that the browser has, undefined without one: for a page that shows nothing else of it but
 * which links may be followed. Such a page is shown also when that cannot be found out.
 */
export const rolesOfSession = async (
  { cookies = [], requestContext }: Pick<Event, 'cookies' | 'requestContext'>,
  openSession: OpenSession | undefined,
): Promise<readonly string[] | undefined> => {
  try {
    return (await openSession?.(cookies, requestContext.timeEpoch))?.actor.roles;
  } catch (error) {
    logger.warn('session not opened', { error: error as Error });
    return undefined;
  }
};

/**
 * The origin at which a browser has this site, as it writes origins itself. The gateway sets both headers, and
 * only requests for its own names reach it.
 */
export const originOf = ({ headers }: Pick<Event, 'headers'>): string =>
  `${headers['x-forwarded-proto'] ?? 'https'}://${headers.host ?? ''}`;
