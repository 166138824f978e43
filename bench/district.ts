// A district's year, made from a seed: the events of its activities, volunteers and hours.
import type { Activity } from '../events/activities.ts';
import { catalogue, type DomainEvent, type EventType, type Fact } from '../events/catalogue.ts';
import type { Hours } from '../events/participation.ts';
import type { Volunteer } from '../events/volunteers.ts';
import { type Random, seeded } from './random.ts';

/** Values that are the same in every event, from the catalogue's examples. */
const sample = {
  activity: catalogue.ActivityPublished.example.activity as Activity,
  volunteer: catalogue.VolunteerRegistered.example.volunteer as Volunteer,
  hours: catalogue.HoursLogged.example.hours as Hours,
};

export interface YearOptions {
  readonly seed: number;
  /** Hours entries in the year. */
  readonly entries: number;
  readonly areas: number;
  /** Share (0–1) of verified entries; the others wait. Default 1. */
  readonly verified?: number;
}

export const year = '2025';
/** The theme of the month, and the three of the whole year. */
const themesOf = (month: number): readonly string[] => [
  `THEME_${month}`,
  'TRAFFIC_COURTESY',
  'ILLEGAL_ADVERTS',
  'BUS_STOP_SIGNS',
];
const entriesPerActivity = 100;
const entriesPerVolunteer = 10;

export const monthName = (month: number): string => `${year}-${String(month).padStart(2, '0')}`;
export const areaName = (area: number): string => `hongqi-${String(area).padStart(2, '0')}`;

const idOf = (sort: 'a' | 'b' | 'c', n: number): string =>
  `0198c0de-0000-7000-8000-${sort}${n.toString(16).padStart(11, '0')}`;

const eventOf = <T extends EventType>(fact: Fact<T>, id: string, version: number, at: number) => {
  const { aggregate, schemaVersion } = catalogue[fact.type];
  const recordedAt = new Date(at).toISOString();
  return {
    id: `0198c0de-0000-7000-9000-${String(version).padStart(2, '0')}${id.slice(-10)}`,
    type: fact.type,
    schemaVersion,
    aggregate: { type: aggregate, id, version },
    district: 'bench',
    occurredAt: recordedAt,
    recordedAt,
    actor: { role: 'organiser', id: 'organiser-1' },
    correlationId: 'JKJaXmPLvHcESHA=',
    causationId: null,
    data: fact.data,
  } as unknown as DomainEvent;
};

/**
 * Makes the nth history of each aggregate type. A year of any size has all areas, months and themes, so
 * that dashboards have the same parts in a small and in a large year.
 */
export const createYear = ({ seed, entries, areas, verified = 1 }: YearOptions) => {
  const themes = themesOf(1).length;
  const cells = 12 * areas * themes;
  const rounds = Math.ceil(entries / (cells * entriesPerActivity));
  const activities = Math.min(entries, cells * rounds);
  const volunteersEach = Math.max(1, Math.ceil(entries / (entriesPerVolunteer * areas)));
  const placeOf = (n: number) => {
    const month = 1 + (n % 12);
    return {
      month,
      area: 1 + (Math.floor(n / 12) % areas),
      theme: themesOf(month)[Math.floor(n / (12 * areas)) % themes] ?? '',
    };
  };
  const randomOf = (sort: number, n: number): Random =>
    seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b) ^ sort);
  const dayOf = (month: number, random: Random): string =>
    `${monthName(month)}-${String(random.int(1, 28)).padStart(2, '0')}`;

  const activity = (n: number): readonly DomainEvent[] => {
    const { month, area, theme } = placeOf(n);
    const random = randomOf(1, n);
    const startsOn = dayOf(month, random);
    const state: Activity = {
      ...sample.activity,
      theme,
      areaId: areaName(area),
      startsOn,
      endsOn: startsOn,
    };
    const done = {
      ...state,
      status: 'verified',
      outcome: {
        beneficiaries: { count: random.int(10, 200), basis: 'counted' },
        outputs: { healthHandbooks: { quantity: random.int(0, 80), basis: 'counted' } },
      },
    } as Activity;
    const at = Date.parse(`${startsOn}T00:00:00Z`);
    const id = idOf('a', n);
    return [
      eventOf({ type: 'ActivityPublished', data: { activity: state } }, id, 1, at),
      eventOf({ type: 'ActivityVerified', data: { activity: done } }, id, 2, at + 86_400_000),
    ];
  };

  const volunteer = (n: number): readonly DomainEvent[] => {
    const registeredOn = dayOf(1 + (n % 12), randomOf(2, n));
    const state: Volunteer = {
      ...sample.volunteer,
      areaId: areaName(1 + (n % areas)),
      registeredOn,
      confirmedOn: registeredOn,
    };
    const at = Date.parse(`${registeredOn}T00:00:00Z`);
    return [
      eventOf({ type: 'VolunteerRegistered', data: { volunteer: state } }, idOf('b', n), 1, at),
    ];
  };

  const hours = (n: number): readonly DomainEvent[] => {
    // Entries go to the activities in turn.
    const of = n % activities;
    const { month, area, theme } = placeOf(of);
    const random = randomOf(3, n);
    const person = random.int(0, volunteersEach - 1);
    const serviceDate = dayOf(month, randomOf(1, of));
    const minutes = random.int(6, 24) * 10;
    const pending: Hours = {
      ...sample.hours,
      activityId: idOf('a', of),
      volunteerId: idOf('b', person * areas + area - 1),
      areaId: areaName(area),
      theme,
      tags: person % 4 === 0 ? ['party-member'] : [],
      serviceDate,
      attendedMinutes: minutes,
      creditedMinutes: minutes,
      status: 'pending',
      verifiedBy: null,
    };
    const at = Date.parse(`${serviceDate}T10:00:00Z`) + n;
    const id = idOf('c', n);
    const logged = eventOf({ type: 'HoursLogged', data: { hours: pending } }, id, 1, at);
    if (random.next() >= verified) return [logged];
    const state: Hours = { ...pending, status: 'verified', verifiedBy: 'verifier-1' };
    const data = { hours: state };
    return [logged, eventOf({ type: 'HoursVerified', data }, id, 2, at + 3_600_000)];
  };

  return {
    cells,
    counts: { activities, volunteers: volunteersEach * areas, entries },
    activity,
    volunteer,
    hours,
    /** All histories, one after another. */
    *lives(): Generator<readonly DomainEvent[]> {
      for (let n = 0; n < activities; n += 1) yield activity(n);
      for (let n = 0; n < volunteersEach * areas; n += 1) yield volunteer(n);
      for (let n = 0; n < entries; n += 1) yield hours(n);
    },
    /** Every period, area and theme that has a dashboard. */
    *cellsShown(): Generator<{ period: string; area?: string; theme?: string }> {
      for (let month = 0; month <= 12; month += 1) {
        const period = month === 0 ? year : monthName(month);
        const names = new Set(
          Array.from({ length: 12 }, (_, at) => at + 1)
            .filter((at) => month === 0 || at === month)
            .flatMap(themesOf),
        );
        for (let area = 0; area <= areas; area += 1)
          for (const theme of [undefined, ...names])
            yield {
              period,
              ...(area > 0 ? { area: areaName(area) } : {}),
              ...(theme ? { theme } : {}),
            };
      }
    },
  };
};
export type Year = ReturnType<typeof createYear>;
