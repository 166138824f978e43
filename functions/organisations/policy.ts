import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../shared/actor.ts';

/** The role in which the actor may define areas and register organisations; undefined means no. */
export const mayDefine = (actor: Actor): Role | undefined => roleAmong(actor, 'district-admin');
