import type { Entry } from '../../events/participation.ts';
import { dayRules } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';
import type { Presence } from './counts.ts';
import type { Revised } from './documents.ts';
import { dateOfSheet, type Key } from './layout.ts';
import { longSheet, namesOf, numberOf, shortSheet } from './packing.ts';

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
  /** The first day on which the person served more than 24 hours, for somebody to look at. */
  readonly overfullDay: string | null;
}

/** The list of years with a day of more than 24 hours. */
const overfullDays = 'days';

export const emptyPersonYear = (key: Key): PersonYear => ({
  ...key,
  rev: 0,
  entries: new Map(),
  with: null,
  recountedWith: [],
  uncounted: new Set(),
  overfullDay: null,
});

const statuses = ['pending', 'verified', 'rejected', 'voided'] as const;
const origins = ['scan', 'leader-roll', 'self-declared', 'back-entry', 'import'] as const;

type Item = Readonly<Record<string, unknown>>;

/** @param key its sort key is the year */
export const personYearOf = (key: Key, item: Item | undefined): PersonYear => {
  if (!item) return emptyPersonYear(key);
  const names = namesOf(item.names as string[]);
  const nameAt = (number: string | undefined): string => names.all[Number(number)] ?? '';
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
    const [areaId = '', ...areasAbove] = nameAt(area).split('>');
    const kept: KeptEntry = {
      version: Number(version),
      areaId,
      areasAbove,
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
    overfullDay: item.flagOrder === undefined ? null : String(item.flagOrder).slice(0, 10),
  };
};

export const personYearItem = (year: PersonYear): Item => {
  const names = namesOf();
  const packed = [...year.entries].map(([sheetId, entry]) => {
    const fields = [
      entry.version,
      numberOf(names, [entry.areaId, ...entry.areasAbove].join('>')),
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
  return {
    pk,
    sk,
    rev,
    h: Object.fromEntries(packed),
    names: names.all,
    ...(year.with ? { w: year.with } : {}),
    ...(year.recountedWith.length > 0 ? { r: year.recountedWith } : {}),
    ...(year.uncounted.size > 0 ? { u: [...year.uncounted].map(shortSheet) } : {}),
    ...(year.overfullDay === null
      ? {}
      : { flag: overfullDays, flagOrder: `${year.overfullDay}#${pk}` }),
  };
};

/** Whether an entry puts its person among those who took part. Somebody on duty serves no hours. */
export const isPresent = ({ status, onDuty }: KeptEntry): boolean =>
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

/**
 * The first day with more than 24 hours of entries that count or may count.
 * @param years of all records of one person
 */
const firstOverfullDay = (years: readonly PersonYear[]): string | null => {
  const minutes = new Map<string, number>();
  for (const { entries } of years)
    for (const [sheetId, entry] of entries) {
      if (!counts(entry)) continue;
      const day = dateOfSheet(sheetId);
      minutes.set(day, (minutes.get(day) ?? 0) + entry.attendedMinutes);
    }
  const [first] = [...minutes]
    .flatMap(([day, sum]) => (sum > dayRules.wholeDay ? [day] : []))
    .sort();
  return first ?? null;
};

/**
 * The first overfull day of a record's person; null when there is none, or the record has no entry on it.
 * @param years of the record and of those that it is counted together with, by record
 */
export const overfullDayOf = (
  id: string,
  years: ReadonlyMap<string, PersonYear>,
): string | null => {
  const year = years.get(id);
  const day = firstOverfullDay((year?.with ?? [id]).flatMap((member) => years.get(member) ?? []));
  const takesPart = [...(year?.entries.keys() ?? [])].some((name) => dateOfSheet(name) === day);
  return takesPart ? day : null;
};

/** The years, each with the overfull day of its person. */
export const flagged = (years: ReadonlyMap<string, PersonYear>): ReadonlyMap<string, PersonYear> =>
  new Map([...years].map(([id, year]) => [id, { ...year, overfullDay: overfullDayOf(id, years) }]));
