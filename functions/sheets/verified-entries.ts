import type { CertifiedEntry } from '../../events/recognition.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { chunksOf, inParallel } from '../runtime/batches.ts';

/** Requests that are made at the same time. */
const lanes = 10;
/** Sheets that are read before it is asked whether their minutes are enough. */
const atOnce = 100;

/** An entry of a person: its sheet, and the record under which it was made. */
interface Place {
  readonly sheetId: string;
  readonly volunteerId: string;
}

/** Verified entries of a person, in the order in which they were asked for. */
export interface VerifiedEntries {
  /** Records merged into that of the person, under which some of the entries were made. */
  readonly records: string[];
  readonly entries: CertifiedEntry[];
  readonly minutes: number;
}

/**
 * Which of the entries that the Views know are verified and have hours, as the Ledger says now.
 * @param volunteerId the person's record; entries may be under records that were merged into it
 * @param enough minutes after which no more entries are taken
 */
export const verifiedEntries = async (
  volunteerId: string,
  known: readonly Place[],
  enough = Number.POSITIVE_INFINITY,
): Promise<VerifiedEntries> => {
  const records: string[] = [];
  const placeOf = (id: string): Pick<CertifiedEntry, 'record'> => {
    if (id === volunteerId) return {};
    if (!records.includes(id)) records.push(id);
    return { record: records.indexOf(id) };
  };
  const entries: CertifiedEntry[] = [];
  let minutes = 0;
  for (const some of chunksOf(known, atOnce)) {
    const sheets = await inParallel(lanes, some, ({ sheetId }) =>
      aggregate('sheet').stateNow(sheetId),
    );
    for (const [at, { sheetId, volunteerId: record }] of some.entries()) {
      if (minutes >= enough) break;
      const entry = sheets[at]?.entries.get(record);
      const version = sheets[at]?.changedIn.get(record);
      if (!entry || !version || entry.status !== 'verified') continue;
      if (entry.onDuty || entry.creditedMinutes === 0) continue;
      entries.push({ sheetId, version, minutes: entry.creditedMinutes, ...placeOf(record) });
      minutes += entry.creditedMinutes;
    }
    if (minutes >= enough) break;
  }
  return { records, entries, minutes };
};
