import { type Actor, roleAmong } from '../shared/actor.ts';

/** The figures are public; who and what is behind each is for those who answer for it. */
export const mayExplain = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor') !== undefined;
