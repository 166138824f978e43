import { createHash } from 'node:crypto';
import { blindHash } from '../people/keys.ts';

/**
 * The salt of the hash of a person's ID number in a credential: only the person is told it, so that nobody else can
 * try numbers. The same for each reading of a certificate.
 */
export const saltOfIdentity = (certificateId: string): Promise<string> =>
  blindHash('certificate-identity', certificateId);

/** As Open Badges 3.0 writes it (IdentityObject): the hash of the value with the salt behind it. */
export const identityHash = (value: string, salt: string): string =>
  `sha256$${createHash('sha256').update(`${value}${salt}`).digest('hex')}`;
