import { type Entry, entriesOf } from '../../events/participation.ts';
import type { Certificate, CertifiedEntry } from '../../events/recognition.ts';
import { load } from '../ledger/ledger.ts';
import { inParallel } from '../runtime/batches.ts';

const lanes = 10;

/** The record under which a certified entry was made. */
export const recordOf = (
  { volunteerId, records }: Pick<Certificate, 'volunteerId' | 'records'>,
  { record }: CertifiedEntry,
): string => (record === undefined ? volunteerId : (records[record] ?? volunteerId));

const isAsCertified = ({ status, onDuty, creditedMinutes }: Entry, minutes: number): boolean =>
  status === 'verified' && !onDuty && creditedMinutes === minutes;

/**
 * Whether an entry was ever voided, rejected, corrected or moved after it was certified. It is asked of all later
 * events of the sheet, so that the answer is the same whenever it is asked.
 */
const hasFallen = async (certificate: Certificate, entry: CertifiedEntry): Promise<boolean> => {
  const record = recordOf(certificate, entry);
  const all = await load({ type: 'sheet', id: entry.sheetId });
  return all.some(({ event: { aggregate, data } }) => {
    if (aggregate.version <= entry.version || !('sums' in data)) return false;
    const changed = entriesOf(data).find(({ volunteerId }) => volunteerId === record);
    return changed !== undefined && !isAsCertified(changed, entry.minutes);
  });
};

/**
 * Whether any entry of a certificate is not what it certifies any more.
 * @param sheetId asks about the entries on this sheet only
 */
export const anyHasFallen = async (
  certificate: Certificate,
  sheetId?: string,
): Promise<boolean> => {
  const asked = certificate.entries.filter(
    (each) => sheetId === undefined || each.sheetId === sheetId,
  );
  const fallen = await inParallel(lanes, asked, (each) => hasFallen(certificate, each));
  return fallen.includes(true);
};
