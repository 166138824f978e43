import type { Role } from '../../events/envelope.ts';
import type { Entry, Place } from '../../events/participation.ts';
import { type Actor, roleAmong, signedPartner } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';

type Owned = Pick<Place, 'organisationId'>;
type Origin = Entry['origin'];

/** The facts that decide about access to an entry. */
export interface EntryAccess {
  /** The entry is about the actor's own time. */
  readonly own: boolean;
  /** The actor's token names the entry's area or no areas at all. */
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

/** The role in which the actor may enter hours at all. `mayLog` decides about a single entry. */
export const mayEnter = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'volunteer') ?? signedPartner(actor);

/** A partner's machine hands in hours of its areas: of its organisation, or of any if it has none. */
const handsIn = (
  actor: Actor,
  { organisationId, origin }: Owned & Pick<Entry, 'origin'>,
  { inArea }: Pick<EntryAccess, 'inArea'>,
): Role | undefined =>
  origin === 'import' &&
  inArea &&
  (actor.organisationId === null || actor.organisationId === organisationId)
    ? signedPartner(actor)
    : undefined;

/**
 * Volunteers may declare only their own time. Staff enter the other origins, and a partner's machine
 * what it imports.
 */
export const mayLog = (
  actor: Actor,
  entry: Owned & Pick<Entry, 'origin'>,
  access: EntryAccess,
): Role | undefined => {
  if (entry.origin !== 'self-declared')
    return runs(actor, entry, access) ?? handsIn(actor, entry, access);
  return access.own ? roleAmong(actor, 'volunteer') : undefined;
};

/** Whether an entry of this origin must be verified by another organisation than the activity's. */
export const needsAnother = (origin: Origin): boolean =>
  origin !== 'scan' && origin !== 'leader-roll';

/**
 * Who may verify or reject (DOMAIN.md §4). Nobody may do so for entries they entered or for their
 * own hours. The activity's own organiser may do so only for scanned entries and those from the
 * leader's roll. Other entries need a verifier of another organisation.
 * @throws Rejection `own-entry`, `other-organisation-required`
 */
export const mayVerify = (
  actor: Actor,
  entry: Owned & Pick<Entry, 'origin' | 'enteredBy'>,
  { own, inArea }: EntryAccess,
): Role | undefined => {
  if (own || entry.enteredBy.includes(actor.id)) throw new Rejection('own-entry');
  const verifier = roleAmong(actor, 'verifier');
  const sameOrganisation = actor.organisationId === entry.organisationId;
  if (!needsAnother(entry.origin))
    return verifier ?? (inArea && sameOrganisation ? roleAmong(actor, 'organiser') : undefined);
  if (verifier && (sameOrganisation || actor.organisationId === null))
    throw new Rejection('other-organisation-required', { origin: entry.origin });
  return verifier;
};

/** Roles that may read every sheet may also learn that a sheet does not exist. */
export const mayChangeAny = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'verifier');

/**
 * A day of more than twelve hours is credited by the district only, with its reason. Nobody does so
 * for entries they entered or for their own hours.
 * @throws Rejection `own-entry`
 */
export const mayVerifyLongDay = (
  actor: Actor,
  { enteredBy }: Pick<Entry, 'enteredBy'>,
  { own }: Pick<EntryAccess, 'own'>,
): Role | undefined => {
  if (own || enteredBy.includes(actor.id)) throw new Rejection('own-entry');
  return roleAmong(actor, 'district-admin');
};

export const mayCorrect = runs;
export const mayVoid = runs;

/** A volunteer may object only to entries about themselves. */
export const mayObject = (actor: Actor, { own }: Pick<EntryAccess, 'own'>): Role | undefined =>
  own ? roleAmong(actor, 'volunteer') : undefined;
