import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../shared/actor.ts';

/** A person registers themselves as `volunteer`; staff register somebody else. */
export const mayRegister = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'organiser', 'district-admin', 'volunteer');

/** Staff read any volunteer's entry, a volunteer their own. */
export const mayRead = (actor: Actor, volunteerId: string): boolean =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor') !== undefined ||
  actor.volunteerId === volunteerId;
