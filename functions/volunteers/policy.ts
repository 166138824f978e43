import type { Role } from '../../events/envelope.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';

/** What a decision about a volunteer's record depends on. */
export interface RecordAccess {
  /** The record is the actor's own. */
  readonly own: boolean;
  /** It is, or it may be: a merge that nobody accepted yet leads from the actor's record to it. */
  readonly mayBeOwn: boolean;
  /** The actor works where the volunteer lives. */
  readonly inArea: boolean;
}

/** A person registers themselves as `volunteer`; staff register somebody else, where they work. */
export const mayRegister = (actor: Actor, { inArea }: { inArea: boolean }): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea ? roleAmong(actor, 'organiser') : undefined) ??
  roleAmong(actor, 'volunteer');

/** The person, the district, and whoever works in the area read what names nobody. */
export const mayRead = (
  actor: Actor,
  { own, inArea, sampled }: Pick<RecordAccess, 'own' | 'inArea'> & { readonly sampled: boolean },
): boolean =>
  own ||
  roleAmong(actor, 'district-admin') !== undefined ||
  (inArea && roleAmong(actor, 'organiser', 'verifier') !== undefined) ||
  (sampled && roleAmong(actor, 'auditor') !== undefined);

/** Saying yes to a registration: anybody with a token of their own; the code tells whose it is. */
export const mayConfirm = (actor: Actor): Role | undefined => roleAmong(actor, 'volunteer');

/** Agreeing and withdrawing are the person’s alone. */
export const mayDecideForThemselves = (
  actor: Actor,
  { own }: Pick<RecordAccess, 'own'>,
): Role | undefined => (own ? roleAmong(actor, 'volunteer') : undefined);

/** The person and those who keep the record correct it. */
export const mayRevise = (
  actor: Actor,
  { own, inArea }: Pick<RecordAccess, 'own' | 'inArea'>,
): Role | undefined =>
  (own ? roleAmong(actor, 'volunteer') : undefined) ??
  roleAmong(actor, 'district-admin') ??
  (inArea ? roleAmong(actor, 'organiser') : undefined);

/** Whoever checks a credential is not the one who shows it. */
export const mayCheckCredential = (
  actor: Actor,
  { mayBeOwn, inArea }: Pick<RecordAccess, 'mayBeOwn' | 'inArea'>,
): Role | undefined =>
  mayBeOwn
    ? undefined
    : (roleAmong(actor, 'district-admin') ?? (inArea ? roleAmong(actor, 'organiser') : undefined));

/** The person leaves and comes back; the district may end it. */
export const mayDeactivate = (actor: Actor, { own }: Pick<RecordAccess, 'own'>): Role | undefined =>
  roleAmong(actor, 'district-admin') ?? (own ? roleAmong(actor, 'volunteer') : undefined);

/** The person asks for it, or the district does it for them. */
export const mayErase = mayDeactivate;

/** Two records into one: the district, and never one's own. */
export const mayMerge = (
  actor: Actor,
  { mayBeOwn }: Pick<RecordAccess, 'mayBeOwn'>,
): Role | undefined => (mayBeOwn ? undefined : roleAmong(actor, 'district-admin'));

export const mayListDuplicates = (actor: Actor): boolean =>
  roleAmong(actor, 'district-admin') !== undefined;

/** Approval to read a minor’s data comes from the district, and not from the reader. */
export const mayApprove = (actor: Actor, readerId: string): boolean =>
  actor.id !== readerId && roleAmong(actor, 'district-admin') !== undefined;

/** Who read a person's data is told to the person, the district and the auditor. */
export const mayReadAccessLog = (actor: Actor, { own }: Pick<RecordAccess, 'own'>): boolean =>
  own || roleAmong(actor, 'district-admin', 'auditor') !== undefined;
