import type { Role } from '../../events/envelope.ts';
import type { Hours } from '../../events/participation.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';

type Owned = Pick<Hours, 'organisationId'>;

/** What a decision about an entry depends on. */
export interface EntryAccess {
  /** The entry is about the actor's own time. */
  readonly own: boolean;
  /** The entry's area is none that the actor's token leaves out. */
  readonly inArea: boolean;
}

/** Staff of the organisation that ran the activity, where they work, or the district. */
const runs = (
  actor: Actor,
  { organisationId }: Owned,
  { inArea }: Pick<EntryAccess, 'inArea'>,
): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea && actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/** The role in which the actor enters hours at all; which ones is `mayLog`'s to say. */
export const mayEnter = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'volunteer');

/** Volunteers declare their own time and nothing else; staff enter what they saw, and never that. */
export const mayLog = (
  actor: Actor,
  entry: Owned & Pick<Hours, 'origin'>,
  access: EntryAccess,
): Role | undefined => {
  if (entry.origin !== 'self-declared') return runs(actor, entry, access);
  return access.own ? roleAmong(actor, 'volunteer') : undefined;
};

/** Whether an entry of this origin is verified by another organisation than the activity's. */
export const needsAnother = (origin: Hours['origin']): boolean =>
  origin !== 'scan' && origin !== 'leader-roll';

/**
 * Who may verify or reject (DOMAIN.md §4): nobody what they entered, nor their own hours; the
 * activity's own organiser only what was scanned or taken from the leader's roll; anything else a
 * verifier of another organisation.
 * @throws Rejection `own-entry`, `other-organisation-required`
 */
export const mayVerify = (
  actor: Actor,
  hours: Hours,
  { own, inArea }: EntryAccess,
): Role | undefined => {
  if (own || hours.enteredBy.includes(actor.id)) throw new Rejection('own-entry');
  const verifier = roleAmong(actor, 'verifier');
  const sameOrganisation = actor.organisationId === hours.organisationId;
  if (!needsAnother(hours.origin))
    return verifier ?? (inArea && sameOrganisation ? roleAmong(actor, 'organiser') : undefined);
  if (verifier && (sameOrganisation || actor.organisationId === null))
    throw new Rejection('other-organisation-required', { origin: hours.origin });
  return verifier;
};

/** Who reads any entry may know that there is none. */
export const mayChangeAny = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'verifier');

export const mayCorrect = runs;
export const mayVoid = runs;

/** A volunteer objects to what was entered about them, and to nothing else. */
export const mayObject = (actor: Actor, { own }: Pick<EntryAccess, 'own'>): Role | undefined =>
  own ? roleAmong(actor, 'volunteer') : undefined;

/** What reading entries depends on. */
export interface ReadingAccess {
  /** They are about the actor's own time. */
  readonly own: boolean;
  /** They are of the actor's organisation, or of an area the actor works in. */
  readonly near: boolean;
  /** Their volunteer is in the year's sample for auditors. */
  readonly sampled: boolean;
}

/** A verifier's work is at other organisations: they read any entry. */
export const mayRead = (actor: Actor, { own, near, sampled }: ReadingAccess): boolean =>
  own ||
  roleAmong(actor, 'district-admin', 'verifier') !== undefined ||
  (near && roleAmong(actor, 'organiser') !== undefined) ||
  (sampled && roleAmong(actor, 'auditor') !== undefined);
