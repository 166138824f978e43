import { handler as keeper } from '../../functions/recognition/keep-certificates.ts';
import { handler as memberships } from '../../functions/teams/keep-memberships.ts';
import { handler as people } from '../../functions/volunteers/people-subscriber.ts';
import type { Answer } from './http-event.ts';
import { deliver, follow } from './projecting.ts';
import {
  admin,
  type foundTown,
  ledger,
  logHours,
  may,
  must,
  organiserOf,
  verifierOf,
} from './town.ts';

export type Town = Awaited<ReturnType<typeof foundTown>>;

/** 2025-11-03 10:00 in Shanghai: when certificates are applied for. */
export const november = Date.UTC(2025, 10, 3, 2);
export const person = { sub: 'lei', role: 'volunteer' };
export const clerkOf = (unit: string) => organiserOf(unit, 'clerk');

/** Verifies all of a sheet, by somebody of another organisation. */
export const verifySheet = (town: Town, id: string): Promise<Answer> =>
  must('participation', {
    route: 'POST /sheets/{id}/verify',
    params: { id },
    body: { entries: 'all' },
    token: verifierOf(town.theirs),
  });

/** Ninety verified minutes of a volunteer at the town's activity. Returns the sheet's id. */
export const serve = async (
  town: Town,
  volunteerId = town.volunteerId,
  date = '2025-10-18',
): Promise<string> => {
  const id = await logHours(town, volunteerId, date);
  await verifySheet(town, id);
  return id;
};

/** Brings the Views up to date. */
export const project = async (): Promise<void> => deliver(await ledger());

/** The events that followers have seen. */
const seen = new Set<string>();

/**
 * Lets all followers see the events that they have not seen yet, twice and the newest first, until there are no new
 * ones. Nobody sees an event of before again: what came later has to be found by its own event.
 */
export const settle = async (): Promise<void> => {
  for (;;) {
    const events = (await ledger()).filter(({ id }) => !seen.has(id));
    if (events.length === 0) return;
    await deliver(events);
    const late = events.toSorted((one, other) => (one.id < other.id ? 1 : -1));
    for (const each of [people, memberships, keeper]) {
      const failed = await follow(each, [...late, ...late]);
      if (failed.length > 0) throw new Error(`not handled: ${failed.map(({ type }) => type)}`);
    }
    for (const { id } of events) seen.add(id);
  }
};

export const period = { from: '2025-10-01', until: '2025-10-31' };

export const mayApply = (
  town: Town,
  {
    volunteerId = town.volunteerId,
    token = person,
    key,
    ...body
  }: {
    readonly volunteerId?: string;
    readonly token?: Readonly<Record<string, unknown>>;
    readonly key?: string;
    readonly from?: string;
    readonly until?: string;
    readonly issuerId?: string;
  } = {},
): Promise<Answer> =>
  may('recognition', {
    route: 'POST /volunteers/{id}/certificates',
    params: { id: volunteerId },
    body: { issuerId: town.ours, ...period, ...body },
    token,
    at: november,
    ...(key === undefined ? {} : { key }),
  });

export const change = (
  id: string,
  what: 'issue' | 'reissue' | 'decline' | 'withdraw' | 'revoke',
  {
    token = admin,
    body,
    at = november,
  }: {
    readonly token?: Readonly<Record<string, unknown>>;
    readonly body?: object;
    readonly at?: number;
  } = {},
): Promise<Answer> =>
  may('recognition', {
    route: `POST /certificates/{id}/${what}`,
    params: { id },
    ...(body ? { body } : {}),
    token,
    at,
  });

/** An issued certificate of the town's volunteer. */
export const issued = async (town: Town, given: Parameters<typeof mayApply>[1] = {}) => {
  const applied = await mayApply(town, given);
  if (applied.status !== 201) throw new Error(JSON.stringify(applied.body));
  const done = await change(applied.body.id, 'issue');
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return done.body as { readonly id: string; readonly number: string; readonly version: number };
};

/** The certificate as its person reads it. */
export const documentOf = (
  id: string,
  {
    accept = 'application/json',
    token = person,
    query = {},
    headers = {},
  }: {
    readonly accept?: string;
    readonly token?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answer> =>
  may('recognition', {
    route: 'GET /certificates/{id}/document',
    params: { id },
    query,
    token,
    headers: { ...headers, accept },
    at: november,
  });

/** What anybody is told of a number. */
export const verified = (
  number: string,
  { code, accept = 'application/json' }: { readonly code?: string; readonly accept?: string } = {},
): Promise<Answer> =>
  may('recognition', {
    route: 'GET /certificates/{number}',
    params: { number },
    ...(code === undefined ? {} : { query: { code } }),
    headers: { accept },
    at: november,
  });
