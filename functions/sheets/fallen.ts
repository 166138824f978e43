import { type Entry, entriesOf } from '../../events/participation.ts';
import type { CertifiedEntry } from '../../events/recognition.ts';
import { load } from '../ledger/ledger.ts';
import { inParallel } from '../runtime/batches.ts';

const lanes = 10;

/** The verified entries of a person that something rests on, and the merged records that some were made under. */
export interface RestsOn {
  readonly volunteerId: string;
  readonly records: readonly string[];
  /** They never change. */
  readonly entries: readonly CertifiedEntry[];
}

/** The record under which a certified entry was made. */
export const recordOf = (
  { volunteerId, records }: Pick<RestsOn, 'volunteerId' | 'records'>,
  { record }: CertifiedEntry,
): string => (record === undefined ? volunteerId : (records[record] ?? volunteerId));

const isAsCertified = ({ status, onDuty, creditedMinutes }: Entry, minutes: number): boolean =>
  status === 'verified' && !onDuty && creditedMinutes === minutes;

/**
 * Whether an entry was ever voided, rejected, corrected or moved after it was certified. It is asked of all later
 * events of the sheet, so that the answer is the same whenever it is asked.
 */
const hasFallen = async (of: RestsOn, entry: CertifiedEntry): Promise<boolean> => {
  const record = recordOf(of, entry);
  const all = await load({ type: 'sheet', id: entry.sheetId });
  return all.some(({ event: { aggregate, data } }) => {
    if (aggregate.version <= entry.version || !('sums' in data)) return false;
    const changed = entriesOf(data).find(({ volunteerId }) => volunteerId === record);
    return changed !== undefined && !isAsCertified(changed, entry.minutes);
  });
};

/**
 * Whether any entry that a certificate or a star rests on is not what it was then any more.
 * @param sheetId asks about the entries on this sheet only
 */
export const anyHasFallen = async (of: RestsOn, sheetId?: string): Promise<boolean> => {
  const asked = of.entries.filter((each) => sheetId === undefined || each.sheetId === sheetId);
  const fallen = await inParallel(lanes, asked, (each) => hasFallen(of, each));
  return fallen.includes(true);
};

/** Whether something rests on the entry that a record has on a sheet. */
export const restsOnEntry = (of: RestsOn, sheetId: string, record: string): boolean =>
  of.entries.some((each) => each.sheetId === sheetId && recordOf(of, each) === record);
