import { createHash, randomBytes } from 'node:crypto';

/** The pseudonym of a person in leaves: SHA-256 of salt and id, in hex. @param salt in hex */
export const personHash = (salt: string, volunteerId: string): string =>
  createHash('sha256').update(Buffer.from(salt, 'hex')).update(volunteerId, 'utf8').digest('hex');

/** The pseudonym of somebody who was erased: of a salt that nobody keeps. */
export const hashOfErased = (volunteerId: string): string =>
  personHash(randomBytes(32).toString('hex'), volunteerId);
