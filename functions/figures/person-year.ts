import type { Entry } from '../../events/participation.ts';
import type { Revised } from './documents.ts';
import type { Key } from './layout.ts';
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

/** Everybody's entries of one year. `with`: the records it is counted together with, itself among them. */
export interface PersonYear extends Revised {
  readonly entries: ReadonlyMap<string, KeptEntry>;
  readonly with: readonly string[] | null;
}

const statuses = ['pending', 'verified', 'rejected', 'voided'] as const;
const origins = ['scan', 'leader-roll', 'self-declared', 'back-entry', 'import'] as const;

type Item = Readonly<Record<string, unknown>>;

/** @param key its sort key is the year */
export const personYearOf = (key: Key, item: Item | undefined): PersonYear => {
  if (!item) return { ...key, rev: 0, entries: new Map(), with: null };
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
  };
};

/** Whether an entry puts its person among those who took part. Somebody on duty serves no hours. */
export const isPresent = ({ status, onDuty }: KeptEntry): boolean =>
  status === 'verified' && !onDuty;
