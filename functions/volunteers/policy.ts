import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong, signedPartner } from '../ledger/actor.ts';

/** The facts that decide about access to a volunteer's record. */
export interface RecordAccess {
  /** The record is the actor's own. */
  readonly own: boolean;
  /** The record is or may be the actor's own: also when a merge that connects them is not yet accepted. */
  readonly mayBeOwn: boolean;
  /** The actor works where the volunteer lives. */
  readonly inArea: boolean;
}

/**
 * A person registers themselves as `volunteer`. The district, and organisers and partners' machines
 * where they work, register others.
 */
export const mayRegister = (actor: Actor, { inArea }: { inArea: boolean }): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea ? (roleAmong(actor, 'organiser') ?? signedPartner(actor)) : undefined) ??
  roleAmong(actor, 'volunteer');

/**
 * Data that name nobody may be read by the person, the district, organisers and verifiers who work
 * in the area, and auditors for records in their sample.
 */
export const mayRead = (
  actor: Actor,
  { own, inArea, sampled }: Pick<RecordAccess, 'own' | 'inArea'> & { readonly sampled: boolean },
): boolean =>
  own ||
  roleAmong(actor, 'district-admin') !== undefined ||
  (inArea && roleAmong(actor, 'organiser', 'verifier') !== undefined) ||
  (sampled && roleAmong(actor, 'auditor') !== undefined);

/** Anybody with a token of their own may confirm a registration; the code shows that it is theirs. */
export const mayConfirm = (actor: Actor): Role | undefined => roleAmong(actor, 'volunteer');

/** Only the person gives or withdraws consent. */
export const mayDecideForThemselves = (
  actor: Actor,
  { own }: Pick<RecordAccess, 'own'>,
): Role | undefined => (own ? roleAmong(actor, 'volunteer') : undefined);

/** The person, the district and organisers in the area may correct a record. */
export const mayRevise = (
  actor: Actor,
  { own, inArea }: Pick<RecordAccess, 'own' | 'inArea'>,
): Role | undefined =>
  (own ? roleAmong(actor, 'volunteer') : undefined) ??
  roleAmong(actor, 'district-admin') ??
  (inArea ? roleAmong(actor, 'organiser') : undefined);

/** Nobody checks their own credential. */
export const mayCheckCredential = (
  actor: Actor,
  { mayBeOwn, inArea }: Pick<RecordAccess, 'mayBeOwn' | 'inArea'>,
): Role | undefined =>
  mayBeOwn
    ? undefined
    : (roleAmong(actor, 'district-admin') ?? (inArea ? roleAmong(actor, 'organiser') : undefined));

/** The person may leave and return; the district may deactivate and reactivate them. */
export const mayDeactivate = (actor: Actor, { own }: Pick<RecordAccess, 'own'>): Role | undefined =>
  roleAmong(actor, 'district-admin') ?? (own ? roleAmong(actor, 'volunteer') : undefined);

/** The person may ask for erasure, or the district may do it for them. */
export const mayErase = mayDeactivate;

/** The district's staff may merge two records, and undo it, but never with one of their own. */
export const mayMerge = (
  actor: Actor,
  { mayBeOwn }: Pick<RecordAccess, 'mayBeOwn'>,
): Role | undefined => (mayBeOwn ? undefined : roleAmong(actor, 'district-admin'));

/** The district lists any area's volunteers, organisers and verifiers those of areas they work in. */
export const mayListArea = (
  actor: Actor,
  { inArea }: Pick<RecordAccess, 'inArea'>,
): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea ? roleAmong(actor, 'organiser', 'verifier') : undefined);

/** The district lists any team's volunteers, organisers those of teams that their organisation hosts. */
export const mayListTeam = (
  actor: Actor,
  { organisationId }: { readonly organisationId: string | null },
): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (organisationId !== null && actor.organisationId === organisationId
    ? roleAmong(actor, 'organiser')
    : undefined);

/** The staff who may read personal data may look people up; organisers find those of areas they work in. */
export const mayLookUp = (actor: Actor): 'district-admin' | 'organiser' | undefined =>
  roleAmong(actor, 'district-admin', 'organiser') as 'district-admin' | 'organiser' | undefined;

export const mayListDuplicates = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin') !== undefined;

/** The district approves reading a minor’s data, and nobody approves their own reading. */
export const mayApprove = (actor: Actor, readerId: string): boolean =>
  actor.id !== readerId && roleAmong(actor, 'district-admin') !== undefined;

/** The person, the district and the auditor may see who read a person's data. */
export const mayReadAccessLog = (actor: Actor, { own }: Pick<RecordAccess, 'own'>): boolean =>
  own || roleAmong(actor, 'district-admin', 'auditor') !== undefined;
