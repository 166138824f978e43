import { seeded } from '../../bench/random.ts';
import type { DomainEvent } from '../../events/catalogue.ts';
import type { Hours } from '../../events/participation.ts';
import { append } from '../../functions/ledger/ledger.ts';
import { verify } from '../../functions/participation/decider.ts';
import { inParallel } from '../../infra/season/client.ts';
import { entryAt, newestEventOf } from './entries.ts';
import type { Ask } from './http-event.ts';
import { nameOf, residentIdOf } from './people.ts';
import { admin, foundTown, must, plan, verifierOf } from './town.ts';

export const areas = ['hongqi', 'xinhua', 'dongfeng'];
export const themes = ['FREE_CLINIC', 'TRAFFIC_COURTESY'];
export const months = Array.from(
  { length: 12 },
  (_, at) => `2025-${String(at + 1).padStart(2, '0')}`,
);

/** A hundred activities of four days, each with a sheet of 25 people who came on all four days. */
const sheets = 100;
const comers = 25;
const days = 4;
const selfRegistered = 100;
/** Concurrent requests. */
const width = 6;

const newYear = Date.UTC(2025, 0, 1, 6);
const yearsEnd = Date.UTC(2025, 11, 31, 6);

export interface Volunteer {
  readonly id: string;
  /** The person's token, or the district's if the person has none yet. */
  readonly token: NonNullable<Ask['token']>;
}
type Entry = Hours & { readonly id: string; readonly version: number };

const tokenOf = (name: string) => ({ sub: name, role: 'volunteer' });

const register = async (body: object, token: Volunteer['token'], at = newYear) =>
  (
    await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: areas[0], consentVersion: '1', ...body },
      token,
      at,
    })
  ).body as { readonly id: string; readonly confirmationCode: string };

const registerSelf = async (n: number): Promise<Volunteer> => {
  const token = tokenOf(`v-${n}`);
  const body = {
    areaId: areas[n % areas.length],
    tags: n % 3 === 0 ? ['party-member'] : [],
    person: { name: nameOf(n), phone: `138${String(n).padStart(8, '0')}` },
  };
  // Some register during the year.
  const at = n % 5 === 0 ? Date.UTC(2025, n % 12, 15, 6) : newYear;
  return { id: (await register(body, token, at)).id, token };
};

const registerByStaff = (order: number) => {
  const number = residentIdOf('1961-05-05', order);
  return register({ person: { name: '王芳', idDocument: { type: 'resident-id', number } } }, admin);
};

const dayOf = (n: number, at: number): string =>
  `${months[n % 12]}-${String(1 + (n % 25) + at).padStart(2, '0')}`;

/** Publishes the nth activity. The outcome of every second one is reported and verified. */
const hold = async (n: number, ours: string, theirs: string): Promise<string> => {
  const { body } = await must('activities', {
    route: 'POST /activities',
    body: {
      ...plan,
      areaId: areas[n % areas.length],
      theme: themes[Math.floor(n / 12) % themes.length],
      startsOn: dayOf(n, 0),
      endsOn: dayOf(n, days - 1),
      organisationId: ours,
    },
    token: admin,
    at: newYear,
  });
  const at = { params: { id: body.id }, at: yearsEnd };
  const outcome = {
    beneficiaries: { count: 10 + n, basis: n % 4 ? 'counted' : 'estimated' },
    outputs: { healthHandbooks: n },
  };
  const [complete, confirm] = ['POST /activities/{id}/complete', 'POST /activities/{id}/verify'];
  if (n % 2 === 0) {
    await must('activities', { route: complete, ...at, body: outcome, token: admin });
    await must('activities', { route: confirm, ...at, token: verifierOf(theirs) });
  }
  return body.id;
};

/** Logs a leader's sheet in one request. */
const logSheet = async (n: number, activityId: string, who: readonly string[]) => {
  const entries = who.flatMap((volunteerId, place) =>
    Array.from({ length: days }, (_, at) => ({
      activityId,
      volunteerId,
      serviceDate: dayOf(n, at),
      attendedMinutes: 60 + 5 * place,
      origin: 'leader-roll',
    })),
  );
  const { body } = await must('participation', {
    route: 'POST /hours/batch',
    body: { entries },
    token: admin,
    at: yearsEnd,
  });
  return body.items as readonly Entry[];
};

/** Verifies entries as `verify-hours` does, but in one transaction, since 10,000 requests take too long. */
const verifySheet = async (entries: readonly Entry[]): Promise<readonly DomainEvent[]> => {
  const verified = entries.map(({ id, version, ...hours }) =>
    entryAt({ type: 'hours', id }, version + 1, verify(hours, 'verifier'), {
      district: 'test',
      actor: { role: 'verifier', id: 'verifier' },
      at: yearsEnd,
      correlationId: 'sheet',
      idempotency: undefined,
    }),
  );
  await append(verified);
  return verified.map(({ event }) => event);
};

/** The newest events of these aggregates. */
export const newestOf = async (
  type: string,
  ids: readonly string[],
): Promise<readonly DomainEvent[]> => {
  const found = await Promise.all(ids.map((id) => newestEventOf({ type, id })));
  return found.flatMap((event) => event ?? []);
};

interface LargeSeason {
  readonly people: ReadonlyMap<string, Volunteer>;
  /** The newest event of each aggregate, grouped by sheet. */
  readonly events: readonly DomainEvent[];
}

/**
 * A year with 10,000 entries in the Ledger and none in the Views, the same at each call. People registered
 * themselves (`v-0` …); staff registered two others, one of whom has confirmed. `v-0` comes to every
 * activity. The entries of each sheet's last person wait for verification. `v-1` has objected to one of
 * their entries, and another one is void. `v-8` has left.
 */
export const playLargeSeason = async (): Promise<LargeSeason> => {
  const { ours, theirs, ...town } = await foundTown();
  for (const [n, id] of areas.slice(1).entries())
    await must('organisations', {
      route: 'PUT /areas/{id}',
      params: { id },
      body: { kind: 'subdistrict', name: `街道${n}`, parentId: 'demo' },
      token: admin,
    });
  const volunteers: Volunteer[] = [];
  const registering = Array.from({ length: selfRegistered }, (_, n) => async () => {
    volunteers[n] = await registerSelf(n);
  });
  await inParallel(registering, width);
  const [confirmed, unconfirmed] = [await registerByStaff(1), await registerByStaff(2)];
  await must('volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id: confirmed.id },
    body: { code: confirmed.confirmationCode, consentVersion: '1' },
    token: tokenOf('confirmed'),
    at: newYear,
  });

  const random = seeded(1);
  const pool = [...volunteers.slice(1).map(({ id }) => id), confirmed.id];
  const rolls = Array.from({ length: sheets }, (_, n) => [
    volunteers[0]?.id ?? '',
    ...Array.from({ length: comers - 2 }, () => random.pick(pool)),
    volunteers[1 + (n % 9)]?.id ?? '',
  ]);
  const activities: string[] = [];
  const verified: (readonly DomainEvent[])[] = [];
  const waiting: (readonly Entry[])[] = [];
  const playing = rolls.map((who, n) => async () => {
    const activity = await hold(n, ours, theirs);
    activities.push(activity);
    const entries = await logSheet(n, activity, who);
    verified[n] = await verifySheet(entries.slice(0, -days));
    waiting[n] = entries.slice(-days);
  });
  await inParallel(playing, width);

  // The last person of the first sheet is `v-1`.
  const [objected, struck] = waiting[0] ?? [];
  const change = { at: yearsEnd, params: { id: objected?.id ?? '' } };
  await must('participation', {
    route: 'POST /hours/{id}/object',
    ...change,
    body: { reason: '当天没有参加' },
    token: tokenOf('v-1'),
  });
  await must('participation', {
    route: 'POST /hours/{id}/void',
    ...change,
    params: { id: struck?.id ?? '' },
    body: { reason: '重复录入' },
    token: admin,
  });
  await must('volunteers', {
    route: 'POST /volunteers/{id}/deactivate',
    params: { id: volunteers[8]?.id ?? '' },
    body: { reason: '搬家' },
    token: tokenOf('v-8'),
    at: yearsEnd,
  });
  const people = new Map([
    ...volunteers.map((volunteer, n) => [`v-${n}`, volunteer] as const),
    ['confirmed', { id: confirmed.id, token: tokenOf('confirmed') }],
    ['unconfirmed', { id: unconfirmed.id, token: admin }],
  ]);
  const known = {
    area: ['demo', ...areas],
    organisation: [ours, theirs],
    volunteer: [town.volunteerId, ...[...people.values()].map(({ id }) => id)],
    activity: [town.activityId, ...activities],
    hours: waiting.flat().map(({ id }) => id),
  };
  const others = Object.entries(known).map(([type, ids]) => newestOf(type, ids));
  return { people, events: [...(await Promise.all(others)).flat(), ...verified.flat()] };
};
