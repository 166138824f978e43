import type { Activity } from '../../events/activities.ts';
import type { Fact } from '../../events/catalogue.ts';
import { type Entry, maxEntries, type Place, type Sheet } from '../../events/participation.ts';
import type { Team } from '../../events/teams.ts';
import { checkStatus, Rejection } from '../refusals/decision.ts';
import { type DayEntry, dayFlagOf, dayRules, type Tier } from '../sheets/day-rules.ts';
import { changing, struckOut } from '../sheets/sheet.ts';

/** Whether so many more people fit on a sheet. */
export const hasRoom = ({ entries }: Sheet, more: number): boolean =>
  entries.size + more <= maxEntries;

/**
 * A service day lies in the activity, not in the future, and not too far back.
 * @throws Rejection `service-date-in-future`, `service-date-outside-activity`, `service-date-too-old`
 */
export const checkServiceDate = (
  serviceDate: string,
  { startsOn, endsOn }: Pick<Activity, 'startsOn' | 'endsOn'>,
  today: string,
): void => {
  if (serviceDate > today) throw new Rejection('service-date-in-future', { serviceDate, today });
  if (serviceDate < startsOn || serviceDate > endsOn)
    throw new Rejection('service-date-outside-activity', { startsOn, endsOn });
  const oldest = `${Number(today.slice(0, 4)) - dayRules.yearsBack}${today.slice(4)}`;
  if (serviceDate < oldest)
    throw new Rejection('service-date-too-old', { serviceDate, years: dayRules.yearsBack });
};

/** A cancelled activity has no hours. @throws Rejection `activity-not-open` */
export const checkTakesPlace = ({ status }: Pick<Activity, 'status'>): void => {
  if (status === 'cancelled') throw new Rejection('activity-not-open', { status });
};

/** A team serves until it is dissolved. @throws Rejection `invalid-value` */
export const checkTeam = (
  { dissolvedOn }: Pick<Team, 'dissolvedOn'>,
  serviceDate: string,
): void => {
  if (dissolvedOn !== null && dissolvedOn < serviceDate)
    throw new Rejection(
      'invalid-value',
      {
        zh: `该志愿服务队已于 ${dissolvedOn} 解散，请另选一支。`,
        en: `The team was dissolved on ${dissolvedOn}: choose another.`,
      },
      '#/teamId',
    );
};

/**
 * A rejected line keeps no activity from moving, so it may count again only where its activity still is.
 * @throws Rejection `activity-moved`
 */
export const checkStillThere = (
  { status }: Pick<Entry, 'status'>,
  { serviceDate, organisationId, areaId, theme }: Place,
  activity: Pick<Activity, 'startsOn' | 'endsOn' | 'organisationId' | 'areaId' | 'theme'>,
): void => {
  if (status !== 'rejected') return;
  const isThere =
    activity.organisationId === organisationId &&
    activity.areaId === areaId &&
    activity.theme === theme &&
    activity.startsOn <= serviceDate &&
    serviceDate <= activity.endsOn;
  if (!isThere) throw new Rejection('activity-moved');
};

/** Another entry of the same person on the same day: pending or verified. */
export interface OtherEntry extends DayEntry {
  /** Null when it is a sheet of another organisation. */
  readonly sheetId: string | null;
}

/** The given figures of a line: minutes, or on duty without any. */
export interface Given {
  readonly volunteerId: string;
  readonly onDuty: boolean;
  readonly attendedMinutes: number;
  readonly creditedMinutes: number;
  readonly origin: Entry['origin'];
}

/**
 * A person's new line.
 * @param others the person's other entries of the day
 * @throws Rejection `day-too-long` when the day would have more than 24 hours
 */
export const newEntry = (
  given: Given,
  {
    tags,
    actorId,
    isLate,
    others,
  }: {
    readonly tags: Entry['tags'];
    readonly actorId: string;
    readonly isLate: boolean;
    readonly others: readonly OtherEntry[];
  },
): Entry => ({
  ...given,
  tags,
  status: 'pending',
  enteredBy: [actorId],
  verifiedBy: [],
  objection: null,
  flags: flagsOf(given, others, isLate),
});

/** @throws Rejection `day-too-long` */
const flagsOf = (
  entry: DayEntry & Pick<Entry, 'onDuty'>,
  others: readonly OtherEntry[],
  isLate: boolean,
): Entry['flags'] => {
  // Somebody on duty serves no hours (DOMAIN.md §3.6).
  const ofDay = entry.onDuty ? null : dayFlagOf([entry, ...others]);
  if (ofDay === 'overfull-day') {
    const sheets = others.flatMap(({ sheetId }) => sheetId ?? []);
    const isElsewhere = sheets.length < others.length;
    throw new Rejection('day-too-long', {
      most: dayRules.wholeDay,
      sheets: isElsewhere && sheets.length === 0 ? 'elsewhere' : sheets.join(', '),
    });
  }
  return [...(isLate ? (['late'] as const) : []), ...(ofDay === null ? [] : [ofDay])];
};

const isFlaggedLate = ({ flags }: Entry): boolean => flags.includes('late');

/** People are entered on a sheet. */
export const enter = (sheet: Sheet, entries: readonly Entry[]): Fact<'HoursLogged'> => ({
  type: 'HoursLogged',
  data: changing(sheet, entries),
});

/** Who may credit an entry, and the person's other entries of its day. */
export interface Day {
  readonly tier: Tier;
  /** Whether two different people verify it. */
  readonly needsTwo: boolean;
  readonly others: readonly OtherEntry[];
}

/**
 * Verifies a pending line, a rejected one (the rejection is reversed), or a verified one that the
 * volunteer objects to: the answer to an objection that was wrong. Where two verifiers are needed, the
 * first one only adds their name. The line is flagged for the day as it is now.
 * @throws Rejection `illegal-transition`, `day-too-long`; `second-verifier-required` when the first one
 * comes again
 */
export const verified = (entry: Entry, actorId: string, { needsTwo, others }: Day): Entry => {
  const from = entry.objection ? (['verified'] as const) : [];
  checkStatus(entry, 'verify', 'pending', 'rejected', ...from);
  if (entry.status === 'verified') return { ...entry, objection: null };
  const verifiedBy = [...new Set([...entry.verifiedBy, actorId])].slice(-2);
  const isEnough = !needsTwo || verifiedBy.length > 1;
  if (!isEnough && entry.verifiedBy.includes(actorId))
    throw new Rejection('second-verifier-required');
  return {
    ...entry,
    status: isEnough ? 'verified' : 'pending',
    verifiedBy,
    objection: null,
    flags: flagsOf(entry, others, isFlaggedLate(entry)),
  };
};

/** @throws Rejection `illegal-transition` unless it is pending, or verified and objected to */
export const rejected = (entry: Entry): Entry => {
  checkStatus(entry, 'reject', 'pending', ...(entry.objection ? (['verified'] as const) : []));
  return { ...entry, status: 'rejected', verifiedBy: [], objection: null };
};

/** Strikes a line out; the row and the reason stay. @throws Rejection `illegal-transition` */
export const voided = (entry: Entry): Entry => {
  checkStatus(entry, 'void', 'pending', 'verified', 'rejected');
  return struckOut(entry);
};

/** @throws Rejection `illegal-transition` when it is voided, or an objection is open */
export const objectedTo = (entry: Entry, on: string, reason: string): Entry => {
  checkStatus(entry, 'object', 'pending', 'verified', 'rejected');
  if (entry.objection)
    throw new Rejection('illegal-transition', { status: 'objected', action: 'object' });
  return { ...entry, objection: { on, reason } };
};

/** The figures of a line that a correction may replace. */
export type Figures = Pick<Entry, 'onDuty' | 'attendedMinutes' | 'creditedMinutes'>;

/** So many people may have entered a line: each is named in each of its events. */
const mostEnterers = 20;

/**
 * A line with other figures. The actor has then entered them too, and somebody else must verify them
 * again. With its own figures, a rejected line waits again, or an objection is answered.
 * @param late of a line that moves to another day: whether it comes late to that day
 * @throws Rejection `illegal-transition` when voided, `invalid-value` when more is credited than
 * attended, nothing changes, or too many people have changed it, `day-too-long`
 */
export const corrected = (
  entry: Entry,
  figures: Partial<Figures>,
  {
    actorId,
    others,
    late,
  }: { readonly actorId: string; readonly others: readonly OtherEntry[]; readonly late?: boolean },
): Entry => {
  checkStatus(entry, 'correct', 'pending', 'verified', 'rejected');
  const onDuty = figures.onDuty ?? (figures.attendedMinutes === undefined ? entry.onDuty : false);
  const attendedMinutes = onDuty ? 0 : (figures.attendedMinutes ?? entry.attendedMinutes);
  // Where all of the time was credited, all of the corrected time is.
  const isAllCredited = entry.creditedMinutes === entry.attendedMinutes;
  const creditedMinutes = onDuty
    ? 0
    : (figures.creditedMinutes ?? (isAllCredited ? attendedMinutes : entry.creditedMinutes));
  if (creditedMinutes > attendedMinutes)
    throw new Rejection('invalid-value', {
      zh: `计入时长 ${creditedMinutes} 分钟不得超过参与时长 ${attendedMinutes} 分钟。`,
      en: `${creditedMinutes} credited minutes are more than the ${attendedMinutes} attended.`,
    });
  const isSame =
    onDuty === entry.onDuty &&
    attendedMinutes === entry.attendedMinutes &&
    creditedMinutes === entry.creditedMinutes;
  if (isSame && late === undefined && entry.status !== 'rejected' && !entry.objection)
    throw new Rejection('invalid-value', {
      zh: '更正后的数字与原来相同；无需更正。',
      en: 'The line has these figures already: there is nothing to correct.',
    });
  const enteredBy = [...new Set([...entry.enteredBy, actorId])];
  if (enteredBy.length > mostEnterers)
    throw new Rejection('invalid-value', {
      zh: `已有 ${mostEnterers} 人更正过该条；请作废后重新录入。`,
      en: `${mostEnterers} people have corrected this line: void it and enter it again.`,
    });
  if (!onDuty && attendedMinutes === 0)
    throw new Rejection('invalid-value', {
      zh: '不是在岗人员的，须填写参与分钟数。',
      en: 'Somebody who is not on duty needs the minutes they attended.',
    });
  return {
    ...entry,
    onDuty,
    attendedMinutes,
    creditedMinutes,
    status: 'pending',
    enteredBy,
    verifiedBy: [],
    objection: null,
    flags: flagsOf(
      { onDuty, attendedMinutes, creditedMinutes },
      others,
      late ?? isFlaggedLate(entry),
    ),
  };
};

/** @param reason the district's, for a very long day, or why an objection or a rejection does not stand */
export const verify = (
  sheet: Sheet,
  changed: readonly Entry[],
  reason: string | null,
): Fact<'HoursVerified'> => ({
  type: 'HoursVerified',
  data: { ...changing(sheet, changed), reason },
});

export const reject = (
  sheet: Sheet,
  changed: readonly Entry[],
  reason: string,
): Fact<'HoursRejected'> => ({
  type: 'HoursRejected',
  data: { ...changing(sheet, changed), reason },
});

export const object = (sheet: Sheet, changed: readonly Entry[]): Fact<'HoursObjected'> => ({
  type: 'HoursObjected',
  data: changing(sheet, changed),
});

/** Lines were corrected; their old figures stay in the event. */
export const correct = (
  sheet: Sheet,
  changed: readonly Entry[],
  reason: string,
): Fact<'HoursCorrected'> => ({
  type: 'HoursCorrected',
  data: {
    ...changing(sheet, changed),
    previous: changed.map(({ volunteerId }) => {
      const before = sheet.entries.get(volunteerId);
      if (!before) throw new Error('only what is there is corrected');
      const { onDuty, attendedMinutes, creditedMinutes } = before;
      return { volunteerId, onDuty, attendedMinutes, creditedMinutes };
    }),
    reason,
  },
});
