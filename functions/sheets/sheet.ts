import type { Fact } from '../../events/catalogue.ts';
import {
  type Entry,
  inCommon,
  type Sheet,
  saidSums,
  withEntries,
} from '../../events/participation.ts';
import { noSums, type Sums } from '../../events/sheet-sums.ts';
import { dayRules } from './day-rules.ts';

/** Whether a line counts, or may count. */
export const counts = ({ status }: Pick<Entry, 'status'>): boolean =>
  status === 'pending' || status === 'verified';

/** The sum by which each origin is counted; the leader’s roll is what is left. */
export const sumOfOrigin = {
  scan: 'scan',
  'leader-roll': null,
  'self-declared': 'selfDeclared',
  'back-entry': 'backEntry',
  import: 'imported',
} as const satisfies Record<Entry['origin'], keyof Sums | null>;

/** The sums over all lines of a sheet. */
export const sumsOf = ({
  entries,
  changedAfterwards,
}: Pick<Sheet, 'entries' | 'changedAfterwards'>): Sums => {
  const sums = { ...noSums };
  for (const {
    status,
    onDuty,
    creditedMinutes,
    tags,
    origin,
    objection,
    flags,
  } of entries.values()) {
    if (objection) sums.objected += 1;
    if (status === 'pending') {
      sums.waiting += 1;
      sums.pendingMinutes += creditedMinutes;
    }
    if (status === 'verified' && onDuty) sums.onDutyParticipations += 1;
    if (status === 'verified' && !onDuty) {
      sums.participations += 1;
      sums.creditedMinutes += creditedMinutes;
      if (tags.includes('party-member')) sums.partyMemberParticipations += 1;
      if (flags.includes('late')) sums.late += 1;
      const byOrigin = sumOfOrigin[origin];
      if (byOrigin) sums[byOrigin] += 1;
    }
  }
  for (const [volunteerId, minutes] of changedAfterwards) {
    sums.correctedEntries += 1;
    sums.correctedMinutes += minutes;
    if (entries.get(volunteerId)?.status !== 'verified') sums.withdrawn += 1;
  }
  return sums;
};

/** What an event says: these entries as they are from now on, and the sums of all of the sheet. */
export const changing = (sheet: Sheet, changed: readonly Entry[]) => ({
  place: sheet.place,
  dayRules: dayRules.version,
  ...inCommon(changed),
  sums: saidSums(sumsOf(withEntries(sheet, changed))),
});

/** A line that is struck out; the row stays. */
export const struckOut = (entry: Entry): Entry => ({ ...entry, status: 'voided', objection: null });

export const strikeOut = (
  sheet: Sheet,
  changed: readonly Entry[],
  reason: string,
): Fact<'HoursVoided'> => ({ type: 'HoursVoided', data: { ...changing(sheet, changed), reason } });

/** Strikes out all that counts on a sheet of a cancelled activity. A sheet without any is closed. */
export const close = (sheet: Sheet, reason: string): Fact<'HoursVoided'> =>
  strikeOut(sheet, [...sheet.entries.values()].filter(counts).map(struckOut), reason);

/** Whether anything counts on a sheet, or may count. */
export const isInUse = ({ entries }: Sheet): boolean => [...entries.values()].some(counts);
