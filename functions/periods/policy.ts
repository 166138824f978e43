import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** The role in which the actor may close a month or a year; undefined means no. */
export const mayClose = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');

/** What is still open, and who changed what for which reason, is for staff. */
export const mayPrepare = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor') !== undefined;

/** All leaves of a period are for those who check the district. */
export const mayExport = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin', 'auditor') !== undefined;
