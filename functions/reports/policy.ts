import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** The role in which the actor may read a draft; undefined means no. Its figures are public anyway. */
export const mayReadDraft = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor');

/** The role in which the actor may write a part of the report: it is the district that reports. */
export const mayWrite = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');
