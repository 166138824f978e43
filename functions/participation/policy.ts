import type { Role } from '../../events/envelope.ts';
import type { Hours } from '../../events/participation.ts';
import { type Actor, roleAmong } from '../shared/actor.ts';
import { Rejection } from '../shared/decision.ts';

type Owned = Pick<Hours, 'organisationId'>;

/** Staff of the organisation that ran the activity, or the district. */
const runs = (actor: Actor, { organisationId }: Owned): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/** The role in which the actor enters hours at all; which ones is `mayLog`'s to say. */
export const mayEnter = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'volunteer');

/** Volunteers declare their own time and nothing else; staff enter what they saw, and never that. */
export const mayLog = (
  actor: Actor,
  entry: Owned & Pick<Hours, 'volunteerId' | 'origin'>,
): Role | undefined => {
  if (entry.origin !== 'self-declared') return runs(actor, entry);
  return actor.volunteerId === entry.volunteerId ? roleAmong(actor, 'volunteer') : undefined;
};

/**
 * Who may verify or reject (DOMAIN.md §4): nobody what they entered, nor their own hours; the
 * activity's own organiser only what was scanned or taken from the leader's roll; anything else a
 * verifier of another organisation.
 * @throws Rejection `own-entry`, `other-organisation-required`
 */
export const mayVerify = (actor: Actor, hours: Hours): Role | undefined => {
  if (hours.enteredBy.includes(actor.id) || actor.volunteerId === hours.volunteerId)
    throw new Rejection('own-entry');
  const verifier = roleAmong(actor, 'verifier');
  const own = actor.organisationId === hours.organisationId;
  if (hours.origin === 'scan' || hours.origin === 'leader-roll')
    return verifier ?? (own ? roleAmong(actor, 'organiser') : undefined);
  if (verifier && (own || actor.organisationId === null))
    throw new Rejection('other-organisation-required', { origin: hours.origin });
  return verifier;
};

export const mayCorrect = runs;
export const mayVoid = runs;

/** A volunteer objects to what was entered about them, and to nothing else. */
export const mayObject = (actor: Actor, hours: Hours): Role | undefined =>
  actor.volunteerId === hours.volunteerId ? roleAmong(actor, 'volunteer') : undefined;

/** Staff read any entry, a volunteer their own. */
export const mayRead = (actor: Actor, volunteerId: string | undefined): boolean =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor') !== undefined ||
  actor.volunteerId === volunteerId;
