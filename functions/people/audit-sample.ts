import { settings } from '../runtime/settings.ts';
import { blindHash } from './keys.ts';

/**
 * Whether a record is in the sample that auditors may open. The sample is the same for all auditors
 * throughout a year, and changes every year. It is a keyed hash, because those who are audited can
 * choose records' ids and must not know which of them are in the sample.
 *
 * @param year `yyyy`
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const isSampled = async (id: string, year: string): Promise<boolean> => {
  const hash = Buffer.from(await blindHash('audit', year, id), 'base64url');
  return hash.readUInt32BE(0) % 1000 < settings().auditSample;
};
