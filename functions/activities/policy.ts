import type { Activity } from '../../events/activities.ts';
import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';

/**
 * The role in which the actor may run an organisation's activities; undefined means no.
 * @param access `inArea`: the actor works where the activity takes place
 */
export const mayRun = (
  actor: Actor,
  organisationId: string,
  { inArea }: { readonly inArea: boolean },
): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea && actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/**
 * An activity's outcome is verified or sent back by a verifier of another organisation than the one
 * that ran it, and never by a person who reported or corrected it (DOMAIN.md §4).
 * @throws Rejection `own-entry`
 */
export const mayVerify = (actor: Actor, activity: Activity): Role | undefined => {
  if (activity.enteredBy.includes(actor.id)) throw new Rejection('own-entry');
  const another = actor.organisationId !== null && actor.organisationId !== activity.organisationId;
  return another ? roleAmong(actor, 'verifier') : undefined;
};

/** Staff read the whole outcome, wherever they work: verifiers are of other organisations. */
export const mayReadOutcome = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor');
