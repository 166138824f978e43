// A district's year, made from a seed: the events of its activities, volunteers and hours.
import type { Activity } from '../events/activities.ts';
import { catalogue, type DomainEvent, type EventType, type Fact } from '../events/catalogue.ts';
import type { Area } from '../events/organisations.ts';
import { type Entry, entriesOf, inCommon, type Place, saidSums } from '../events/participation.ts';
import type { Volunteer } from '../events/volunteers.ts';
import { idIn } from '../functions/runtime/ids.ts';
import { sumsOf } from '../functions/sheets/sheet.ts';
import { type Random, seeded } from './random.ts';

/** Values that are the same in every event, from the catalogue's examples. */
const sample = {
  activity: catalogue.ActivityPublished.example.activity as Activity,
  volunteer: catalogue.VolunteerRegistered.example.volunteer as Volunteer,
  place: catalogue.HoursLogged.example.place as Place,
  entry: entriesOf(catalogue.HoursLogged.example)[0] as Entry,
};

export interface YearOptions {
  readonly seed: number;
  /** Lines on sheets in the year. */
  readonly entries: number;
  readonly areas: number;
  /** People on a sheet. Default 11. */
  readonly roll?: number;
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
const entriesPerVolunteer = 10;

export const monthName = (month: number): string => `${year}-${String(month).padStart(2, '0')}`;
export const areaName = (area: number): string => `hongqi-${String(area).padStart(2, '0')}`;

/** The areas that contain every area of the bench. */
const above = ['hongqi', 'demo'];

const idOf = (sort: 'a' | 'b' | 'c', n: number): string =>
  `0198c0de-0000-7000-8000-${sort}${n.toString(16).padStart(11, '0')}`;

/** A person's line on a sheet, as a plain design would keep it: a thing with a history of its own. */
export interface Line extends Pick<Entry, 'volunteerId' | 'tags' | 'creditedMinutes' | 'status'> {
  readonly id: string;
  readonly version: number;
  readonly activityId: string;
  readonly areaId: string;
  readonly theme: string;
  readonly serviceDate: string;
}

const eventOf = <T extends EventType>(fact: Fact<T>, id: string, version: number, at: number) => {
  const { aggregate, schemaVersion } = catalogue[fact.type];
  const recordedAt = new Date(at).toISOString();
  return {
    id: idIn('bench', 'event', id, String(version)),
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
export const createYear = ({ seed, entries, areas, roll = 11, verified = 1 }: YearOptions) => {
  const themes = themesOf(1).length;
  const cells = 12 * areas * themes;
  const activities = Math.ceil(entries / roll);
  const volunteersEach = Math.max(2 * roll, Math.ceil(entries / (entriesPerVolunteer * areas)));
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

  const area = (
    id: string,
    kind: Area['kind'],
    parentId: string | null,
  ): readonly DomainEvent[] => {
    const state: Area = { id, kind, name: id, parentId, parents: [{ fromYear: 0, parentId }] };
    return [eventOf({ type: 'AreaDefined', data: { area: state } }, id, 1, Date.UTC(2025, 0, 1))];
  };
  const [subdistrict = '', district = ''] = above;
  const areaEvents: readonly (readonly DomainEvent[])[] = [
    area(district, 'district', null),
    area(subdistrict, 'subdistrict', district),
    ...Array.from({ length: areas }, (_, at) => area(areaName(at + 1), 'community', subdistrict)),
  ];

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
      // Each of ten partners takes part in a tenth of the activities.
      partnerIds: [idOf('a', 1000 + (n % 10))],
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

  /** The people on the nth sheet, as they are when all that happens has happened. */
  const sheet = (n: number) => {
    const { month, area, theme } = placeOf(n);
    const random = randomOf(3, n);
    const place: Place = {
      ...sample.place,
      activityId: idOf('a', n),
      areaId: areaName(area),
      areasAbove: above,
      theme,
      serviceDate: dayOf(month, randomOf(1, n)),
    };
    const people = new Set<number>();
    const size = Math.min(roll, entries - n * roll);
    while (people.size < size) people.add(random.int(0, volunteersEach - 1));
    const all = [...people].map((person): Entry => {
      const minutes = random.int(6, 24) * 10;
      const isVerified = random.next() < verified;
      return {
        ...sample.entry,
        volunteerId: idOf('b', person * areas + area - 1),
        tags: person % 4 === 0 ? ['party-member'] : [],
        attendedMinutes: minutes,
        creditedMinutes: minutes,
        ...(isVerified ? { status: 'verified', verifiedBy: ['verifier-1'] } : {}),
      };
    });
    return { place, all, at: Date.parse(`${place.serviceDate}T10:00:00Z`) + n };
  };
  const waiting = (entry: Entry): Entry => ({ ...entry, status: 'pending', verifiedBy: [] });

  /**
   * What happens to the nth sheet: people are entered, later most are verified; by the whole roll at
   * once, or each by a command of their own.
   */
  const sheetEvents = (n: number, by: 'roll' | 'entry') => {
    const { place, all, at } = sheet(n);
    const id = `${place.activityId}~${place.serviceDate}~1`;
    const now = new Map<string, Entry>();
    let version = 0;
    const say = (type: 'HoursLogged' | 'HoursVerified', changed: readonly Entry[]) => {
      for (const entry of changed) now.set(entry.volunteerId, entry);
      version += 1;
      const data = {
        place,
        dayRules: 1,
        ...inCommon(changed),
        sums: saidSums(sumsOf({ entries: now, changedAfterwards: new Map() })),
      };
      return type === 'HoursLogged'
        ? eventOf({ type, data }, id, version, at + version)
        : eventOf({ type, data: { ...data, reason: null } }, id, version, at + version);
    };
    const steps = (type: 'HoursLogged' | 'HoursVerified', entries: readonly Entry[]) => {
      if (entries.length === 0) return [];
      return by === 'roll' ? [say(type, entries)] : entries.map((entry) => say(type, [entry]));
    };
    const logged = steps('HoursLogged', all.map(waiting));
    const done = all.filter(({ status }) => status === 'verified');
    return { logged, verified: steps('HoursVerified', done) };
  };

  /** The same, as a plain design would say it: each line by itself. */
  const sheetLines = (n: number) => {
    const { place, all } = sheet(n);
    const { activityId, areaId, theme, serviceDate } = place;
    const where = { activityId, areaId, theme, serviceDate };
    const lineOf = (entry: Entry, at: number, version: number): Line => ({
      ...where,
      id: idOf('c', n * roll + at),
      version,
      volunteerId: entry.volunteerId,
      tags: entry.tags,
      creditedMinutes: entry.creditedMinutes,
      status: entry.status,
    });
    return {
      logged: all.map((entry, at) => lineOf(waiting(entry), at, 1)),
      verified: all.flatMap((entry, at) =>
        entry.status === 'verified' ? [lineOf(entry, at, 2)] : [],
      ),
    };
  };

  return {
    cells,
    counts: { activities, volunteers: volunteersEach * areas, entries },
    areaEvents,
    activity,
    volunteer,
    sheetEvents,
    sheetLines,
    /** All histories, one after another. */
    *lives(by: 'roll' | 'entry' = 'roll'): Generator<readonly DomainEvent[]> {
      yield* areaEvents;
      for (let n = 0; n < activities; n += 1) yield activity(n);
      for (let n = 0; n < volunteersEach * areas; n += 1) yield volunteer(n);
      for (let n = 0; n < activities; n += 1) {
        const { logged, verified: later } = sheetEvents(n, by);
        yield [...logged, ...later];
      }
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
