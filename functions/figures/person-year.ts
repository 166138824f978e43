import type { Entry } from '../../events/participation.ts';
import { type DayFlag, dayFlagOf, longDays } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';
import type { Presence } from './counts.ts';
import type { Revised } from './documents.ts';
import { activityOfSheet, dateOfSheet, type Key } from './layout.ts';
import {
  areaNamed,
  longSheet,
  nameReader,
  namesOf,
  numberOf,
  numberOfArea,
  shortSheet,
} from './packing.ts';

/** A person's entry on a sheet, as their year keeps it. */
export interface KeptEntry
  extends Pick<
    Entry,
    'onDuty' | 'attendedMinutes' | 'creditedMinutes' | 'origin' | 'status' | 'flags'
  > {
  /** The version of the sheet that last changed this entry. */
  readonly version: number;
  readonly areaId: string;
  readonly areasAbove: readonly string[];
  readonly theme: string;
  readonly organisationId: string;
  readonly teamId: string | null;
  /** Since when the volunteer objects; null when they do not, or were answered. */
  readonly objectedOn: string | null;
}

/** A person's entries of one year, by sheet. */
export interface PersonYear extends Revised {
  readonly entries: ReadonlyMap<string, KeptEntry>;
  /** The records it is counted together with, itself among them; null when it is counted alone. */
  readonly with: readonly string[] | null;
  /** The records of a recount that needs several transactions and is under way; else none. */
  readonly recountedWith: readonly string[];
  /** Sheets whose entries are not counted at this point of the recount. */
  readonly uncounted: ReadonlySet<string>;
  /**
   * Days that are longer than one verifier may credit, or have two lines of one activity, which none of the
   * entries says: commands of the same moment let them slip, or a merge. Somebody is to look at them.
   */
  readonly flaggedDays: FlaggedDays;
}

export type FlaggedDays = ReadonlyMap<string, DayFlag>;

/** The list of years with flagged days, by the last of these. */
export const flaggedYears = 'days';

export const emptyPersonYear = (key: Key): PersonYear => ({
  ...key,
  rev: 0,
  entries: new Map(),
  with: null,
  recountedWith: [],
  uncounted: new Set(),
  flaggedDays: new Map(),
});

const statuses = ['pending', 'verified', 'rejected', 'voided'] as const;
const origins = ['scan', 'leader-roll', 'self-declared', 'back-entry', 'import'] as const;

type Item = Readonly<Record<string, unknown>>;

/** @param key its sort key is the year */
export const personYearOf = (key: Key, item: Item | undefined): PersonYear => {
  if (!item) return emptyPersonYear(key);
  const nameAt = nameReader(item.names as string[]);
  const entries = Object.entries(item.h as Record<string, string>).map(([short, packed]) => {
    const [
      version,
      area,
      theme,
      organisation,
      team,
      status,
      origin,
      duty,
      attended,
      credited,
      on,
      flags,
    ] = packed.split(',');
    const kept: KeptEntry = {
      version: Number(version),
      ...areaNamed(nameAt(area)),
      theme: nameAt(theme),
      organisationId: nameAt(organisation),
      teamId: team ? nameAt(team) : null,
      status: statuses[Number(status)] ?? 'pending',
      origin: origins[Number(origin)] ?? 'import',
      onDuty: duty === '1',
      attendedMinutes: Number(attended),
      creditedMinutes: Number(credited),
      objectedOn: on || null,
      flags: (flags ? flags.split('+') : []) as Entry['flags'],
    };
    return [longSheet(short, key.sk), kept] as const;
  });
  return {
    ...key,
    rev: item.rev as number,
    entries: new Map(entries),
    with: (item.w as readonly string[] | undefined) ?? null,
    recountedWith: (item.r ?? []) as readonly string[],
    uncounted: new Set(
      ((item.u ?? []) as readonly string[]).map((short) => longSheet(short, key.sk)),
    ),
    // In order of the days, which the table does not keep.
    flaggedDays: new Map(
      Object.entries((item.d ?? {}) as Readonly<Record<string, DayFlag>>)
        .map(([day, flag]) => [`${key.sk}-${day}`, flag] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
};

export const personYearItem = (year: PersonYear): Item => {
  const names = namesOf();
  const packed = [...year.entries].map(([sheetId, entry]) => {
    const fields = [
      entry.version,
      numberOfArea(names, entry),
      numberOf(names, entry.theme),
      numberOf(names, entry.organisationId),
      entry.teamId === null ? '' : numberOf(names, entry.teamId),
      statuses.indexOf(entry.status),
      origins.indexOf(entry.origin),
      entry.onDuty ? 1 : 0,
      entry.attendedMinutes,
      entry.creditedMinutes,
      entry.objectedOn ?? '',
      entry.flags.join('+'),
    ];
    return [shortSheet(sheetId), fields.join(',').replace(/,+$/, '')];
  });
  const { pk, sk, rev } = year;
  const days = [...year.flaggedDays].map(([day, flag]) => [day.slice(5), flag] as const);
  return {
    pk,
    sk,
    rev,
    h: Object.fromEntries(packed),
    names: names.all,
    ...(year.with ? { w: year.with } : {}),
    ...(year.recountedWith.length > 0 ? { r: year.recountedWith } : {}),
    ...(year.uncounted.size > 0 ? { u: [...year.uncounted].map(shortSheet) } : {}),
    ...(days.length > 0
      ? {
          d: Object.fromEntries(days),
          flag: flaggedYears,
          flagOrder: `${sk}-${days.at(-1)?.[0]}#${pk}`,
        }
      : {}),
  };
};

/** Whether an entry puts its person among those who took part. Somebody on duty serves no hours. */
export const isPresent = ({ status, onDuty }: Pick<KeptEntry, 'status' | 'onDuty'>): boolean =>
  status === 'verified' && !onDuty;

/** Where a person is counted: once for each place, however many entries they have there. */
export const presencesOf = ({ entries, uncounted }: PersonYear): readonly Presence[] =>
  [...entries].flatMap(([sheetId, entry]) =>
    isPresent(entry) && !uncounted.has(sheetId)
      ? [
          {
            month: dateOfSheet(sheetId).slice(0, 7),
            areaId: entry.areaId,
            areasAbove: entry.areasAbove,
            theme: entry.theme,
          },
        ]
      : [],
  );

/** Where persons are counted, by person: all records that are counted together are one. */
export const presencesByPerson = (
  years: ReadonlyMap<string, PersonYear>,
): readonly (readonly Presence[])[] => {
  const persons = Map.groupBy(years, ([id, year]) => (year.with ?? [id]).join());
  return [...persons.values()].map((records) => records.flatMap(([, year]) => presencesOf(year)));
};

/** How much of a day's length a flag says; -1 for a flag that says something else. */
const rankOf = (flag: string): number => (longDays as readonly string[]).indexOf(flag);

/**
 * The days, in order, that are longer than one of their entries says, or on which somebody stands twice for
 * one activity: under two records of which nobody knew that they are one person's.
 * @param years of all records of one person
 */
const slippedDays = (years: readonly PersonYear[]): readonly (readonly [string, DayFlag])[] => {
  const entries = years.flatMap((year) =>
    [...year.entries].filter(([, entry]) => counts(entry)).map(([id, entry]) => ({ id, entry })),
  );
  const byDay = Map.groupBy(entries, ({ id }) => dateOfSheet(id));
  return [...byDay]
    .flatMap(([day, all]): readonly (readonly [string, DayFlag])[] => {
      const activities = new Set(all.map(({ id }) => activityOfSheet(id)));
      if (activities.size < all.length) return [[day, 'entered-twice']];
      const ofDay = all.map(({ entry }) => entry);
      const flag = dayFlagOf(ofDay);
      const said = Math.max(-1, ...ofDay.flatMap(({ flags }) => flags.map(rankOf)));
      return flag === null || said >= rankOf(flag) ? [] : [[day, flag]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
};

/**
 * The flagged days of a record's person on which the record itself has an entry that counts.
 * @param years of the record and of those that it is counted together with, by record
 */
export const flaggedDaysOf = (id: string, years: ReadonlyMap<string, PersonYear>): FlaggedDays => {
  const year = years.get(id);
  const slipped = slippedDays((year?.with ?? [id]).flatMap((member) => years.get(member) ?? []));
  if (slipped.length === 0) return new Map();
  const own = [...(year?.entries ?? [])].filter(([, entry]) => counts(entry));
  const days = new Set(own.map(([sheetId]) => dateOfSheet(sheetId)));
  return new Map(slipped.filter(([day]) => days.has(day)));
};

/** The years, each with the flagged days of its person. */
export const flagged = (years: ReadonlyMap<string, PersonYear>): ReadonlyMap<string, PersonYear> =>
  new Map([...years].map(([id, year]) => [id, { ...year, flaggedDays: flaggedDaysOf(id, years) }]));
