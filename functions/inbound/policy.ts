import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** Who hands things in, and what, is for the district to decide and to see. */
export const mayManagePartners = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin');
