import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/**
 * Complaints are dealt with by the district: they may be about anybody who works in an area or organisation. Undefined
 * means no.
 */
export const mayHandle = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');

/** How many there are and where they stand is for auditors too; it names nobody. */
export const mayCount = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'auditor');
