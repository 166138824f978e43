import { seeded } from '../../bench/random.ts';
import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { scanItems } from '../../functions/runtime/dynamodb.ts';
import { inParallel } from '../../infra/season/client.ts';
import { newestEventOf } from './entries.ts';
import type { Ask } from './http-event.ts';
import { nameOf, residentIdOf } from './people.ts';
import { admin, foundTown, must, plan, verifierOf } from './town.ts';

export const areas = ['hongqi', 'xinhua', 'dongfeng'];
export const themes = ['FREE_CLINIC', 'TRAFFIC_COURTESY'];
export const months = Array.from(
  { length: 12 },
  (_, at) => `2025-${String(at + 1).padStart(2, '0')}`,
);

/** A hundred activities of four days, each with a roll of 25 people who came on all four days. */
const activities = 100;
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

/** Who is on the roll at a place of it. Of every second activity one is on duty at their workplace. */
const lineAt = (n: number, volunteerId: string, place: number) => ({
  volunteerId,
  origin: 'leader-roll',
  ...(n % 2 === 0 && place === 7 ? { onDuty: true } : { attendedMinutes: 60 + place }),
});

/** Enters a roll on the sheets of all days, and verifies all lines but the last person's. Returns the sheets. */
const fillSheets = async (
  n: number,
  activityId: string,
  who: readonly string[],
  theirs: string,
): Promise<readonly string[]> => {
  const sheets: string[] = [];
  for (let at = 0; at < days; at += 1) {
    const { body } = await must('participation', {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: activityId, date: dayOf(n, at) },
      body: { entries: who.map((volunteerId, place) => lineAt(n, volunteerId, place)) },
      token: admin,
      at: yearsEnd,
    });
    await must('participation', {
      route: 'POST /sheets/{id}/verify',
      params: { id: body.id },
      body: { entries: { allBut: who.slice(-1) } },
      token: verifierOf(theirs),
      at: yearsEnd,
    });
    sheets.push(body.id);
  }
  return sheets;
};

/** The newest events of these aggregates. */
export const newestOf = async (
  type: string,
  ids: readonly string[],
): Promise<readonly DomainEvent[]> => {
  const found = await Promise.all(ids.map((id) => newestEventOf({ type, id })));
  return found.flatMap((event) => event ?? []);
};

/** Every event in the Ledger, each aggregate's in order. */
const allEvents = async (): Promise<readonly DomainEvent[]> => {
  const events: DomainEvent[] = [];
  const TableName = process.env.LEDGER_TABLE;
  await scanItems({ TableName, ConsistentRead: true }, (item) => {
    if (holdsEvent(item)) events.push(readEvent(envelopeOf(item as unknown as LedgerRow)));
  });
  return events;
};

interface LargeSeason {
  readonly people: ReadonlyMap<string, Volunteer>;
  readonly events: readonly DomainEvent[];
}

/**
 * A year with 10,000 lines on 400 sheets in the Ledger and nothing in the Views, the same at each call.
 * People registered themselves (`v-0` …); staff registered two others, one of whom has confirmed. `v-0`
 * comes to every activity. The last person's line on each sheet waits to be verified. `v-1` has objected
 * to one of their lines, and another one is void. `v-8` has left.
 */
export const playLargeSeason = async (): Promise<LargeSeason> => {
  const { ours, theirs } = await foundTown();
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
  const rolls = Array.from({ length: activities }, (_, n) => {
    const last = volunteers[1 + (n % 9)]?.id ?? '';
    const between = new Set<string>();
    while (between.size < comers - 2) {
      const id = random.pick(pool);
      if (id !== last) between.add(id);
    }
    return [volunteers[0]?.id ?? '', ...between, last];
  });
  const sheets: (readonly string[])[] = [];
  const playing = rolls.map((who, n) => async () => {
    sheets[n] = await fillSheets(n, await hold(n, ours, theirs), who, theirs);
  });
  await inParallel(playing, width);

  // The last person of the first roll is `v-1`.
  const [objected = '', struck = ''] = sheets[0] ?? [];
  await must('participation', {
    route: 'POST /sheets/{id}/object',
    params: { id: objected },
    body: { entries: 'all', reason: '当天没有参加' },
    token: tokenOf('v-1'),
    at: yearsEnd,
  });
  await must('participation', {
    route: 'POST /sheets/{id}/void',
    params: { id: struck },
    body: { entries: [volunteers[1]?.id], reason: '重复录入' },
    token: admin,
    at: yearsEnd,
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
  return { people, events: await allEvents() };
};
