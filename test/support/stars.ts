import { handler as keeper } from '../../functions/stars/keep-stars.ts';
import { handler as people } from '../../functions/volunteers/people-subscriber.ts';
import { verifySheet } from './certificates.ts';
import type { Answer } from './http-event.ts';
import { deliver, follow } from './projecting.ts';
import { admin, type foundTown, ledger, may, must, organiserOf } from './town.ts';

export type Town = Awaited<ReturnType<typeof foundTown>>;

/** 2025-11-03 10:00 in Shanghai, a Monday: when people are nominated. The notice ends on Thursday. */
export const monday = Date.UTC(2025, 10, 3, 2);
const dayMs = 86_400_000;
/** The day after the notice of three working days. */
export const friday = monday + 4 * dayMs;
export const lei = { sub: 'lei', role: 'volunteer' };
/** Somebody else of the district than who takes objections down. */
export const otherAdmin = { sub: 'admin-2', role: 'district-admin' };

/** Enters some minutes of a day at the town's activity and verifies them. Returns the sheet's id. */
export const serve = async (
  town: Town,
  date = '2025-10-18',
  { volunteerId = town.volunteerId, minutes = 60 } = {},
): Promise<string> => {
  const { body } = await must('participation', {
    route: 'POST /activities/{id}/sheets/{date}/entries',
    params: { id: town.activityId, date },
    body: { entries: [{ volunteerId, attendedMinutes: minutes, origin: 'leader-roll' }] },
    token: organiserOf(town.ours),
  });
  await verifySheet(town, body.id);
  await deliver(await ledger());
  return body.id;
};

/** The events that followers have seen, in the district that is tried now. */
const seen = new Set<string>();

/**
 * Lets the followers see the events that they have not seen yet, twice and the newest first, until there are no new
 * ones. Nobody sees an event of before again: what came later has to be found by its own event.
 */
export const settle = async (): Promise<void> => {
  for (;;) {
    const events = (await ledger()).filter(({ id }) => !seen.has(id));
    if (events.length === 0) return;
    await deliver(events);
    const late = events.toSorted((one, other) => (one.id < other.id ? 1 : -1));
    for (const each of [people, keeper]) {
      const failed = await follow(each, [...late, ...late]);
      if (failed.length > 0) throw new Error(`not handled: ${failed.map(({ type }) => type)}`);
    }
    for (const { id } of events) seen.add(id);
  }
};

interface Asked {
  readonly token?: Readonly<Record<string, unknown>>;
  readonly at?: number;
  readonly key?: string;
}

export const nominate = (
  { volunteerId }: Pick<Town, 'volunteerId'>,
  { level = 1, token = admin, at = monday, key }: Asked & { readonly level?: number } = {},
): Promise<Answer> =>
  may('stars', {
    route: 'POST /volunteers/{id}/stars',
    params: { id: volunteerId },
    body: { level },
    ...{ token, at },
    ...(key === undefined ? {} : { key }),
  });

type Step = 'notice' | 'objections' | 'grant' | 'decline' | 'withdraw' | 'uphold';

export const change = (
  id: string,
  step: Step | `objections/${number}/answer`,
  {
    token = admin,
    at = step === 'notice' ? monday : friday,
    body,
  }: Asked & { readonly body?: object } = {},
): Promise<Answer> => {
  const [, n] = step.split('/');
  return may('stars', {
    route: `POST /stars/{id}/${n ? 'objections/{n}/answer' : step}`,
    params: { id, ...(n ? { n } : {}) },
    ...(body ? { body } : {}),
    ...{ token, at },
  });
};

/** A step that is taken; a refusal throws an error that says what it was. */
export const mustChange = async (...given: Parameters<typeof change>): Promise<Answer> => {
  const answer = await change(...given);
  if (answer.status > 299) throw new Error(`${given[1]}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** A star in its notice of somebody who has the hours. Returns its id. */
export const noticed = async (town: Pick<Town, 'volunteerId'>, level = 1): Promise<string> => {
  const { status, body } = await nominate(town, { level });
  if (status !== 200) throw new Error(JSON.stringify(body));
  await mustChange(body.id, 'notice');
  return body.id;
};

/** A granted star. Returns its id. */
export const granted = async (town: Pick<Town, 'volunteerId'>, level = 1): Promise<string> => {
  const id = await noticed(town, level);
  await mustChange(id, 'grant');
  return id;
};

/** The stars of somebody, as the district reads them. */
export const starsOfPerson = async (volunteerId: string, token: object = admin) =>
  (
    await must('stars', {
      route: 'GET /volunteers/{id}/stars',
      params: { id: volunteerId },
      token: token as typeof admin,
      at: friday,
    })
  ).body.items;

/** What the public is shown. */
export const publicNotice = (accept = 'application/json', at = monday): Promise<Answer> =>
  must('stars', { route: 'GET /stars/notice', headers: { accept }, at });

/** A change of a sheet's entry by staff. */
export const onSheet = (
  sheet: string,
  what: 'void' | 'correct',
  volunteerId: string,
): Promise<Answer> =>
  must('participation', {
    route: `POST /sheets/{id}/${what}`,
    params: { id: sheet },
    body: {
      entries:
        what === 'void'
          ? [volunteerId]
          : [{ volunteerId, attendedMinutes: 30, creditedMinutes: 30 }],
      reason: '重复',
    },
    token: admin,
  });
