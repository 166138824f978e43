import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** The role in which the actor may plan, open or copy a year; undefined means no. */
export const mayRun = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');
