import { createHash } from 'node:crypto';
import { settings } from '../runtime/settings.ts';

/**
 * Whether a record is in the sample that auditors may open. The sample is the same for all auditors
 * throughout a year, and changes every year.
 *
 * @param year `yyyy`
 */
export const isSampled = (id: string, year: string): boolean => {
  const { name, auditSample } = settings();
  const bytes = createHash('sha256')
    .update(JSON.stringify(['audit', name, year, id]))
    .digest();
  return bytes.readUInt32BE(0) % 1000 < auditSample;
};
